"""Numbers are counted from the rows that carry them; the counter beside them goes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drops the series of document numbers."""

    dependencies = [("infra", "0013_queue_of_its_own")]

    operations = [migrations.DeleteModel(name="NumberSeries")]

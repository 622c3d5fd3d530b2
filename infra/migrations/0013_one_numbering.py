"""Numbers are counted from the rows that carry them; the counter beside them goes."""

from django.db import migrations


class Migration(migrations.Migration):
    """Drops the series of document numbers."""

    dependencies = [("infra", "0012_names_of_many")]

    operations = [migrations.DeleteModel(name="NumberSeries")]

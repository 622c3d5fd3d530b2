"""VN-2000 with the official parameters as SRIDs of our own, so that no library picks others."""

from django.db import migrations

TOWGS84 = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
MERIDIANS = {
    990300: "103",
    990400: "104",
    990430: "104.5",
    990445: "104.75",
    990500: "105",
    990530: "105.5",
    990545: "105.75",
    990600: "106",
    990615: "106.25",
    990630: "106.5",
    990700: "107",
    990715: "107.25",
    990730: "107.5",
    990745: "107.75",
    990800: "108",
    990815: "108.25",
    990830: "108.5",
}
TEXTS = {
    990000: f"+proj=longlat +ellps=WGS84 +towgs84={TOWGS84} +no_defs",
    **{
        srid: f"+proj=tmerc +lon_0={lon_0} +lat_0=0 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"
        f" +towgs84={TOWGS84} +units=m +no_defs"
        for srid, lon_0 in MERIDIANS.items()
    },
}


def insert(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)"
            " VALUES (%s, NULL, NULL, NULL, %s)"
            " ON CONFLICT (srid) DO UPDATE SET auth_name = NULL, auth_srid = NULL, srtext = NULL,"
            " proj4text = EXCLUDED.proj4text",
            list(TEXTS.items()),
        )


def delete(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DELETE FROM spatial_ref_sys WHERE srid = ANY(%s)", [list(TEXTS)])


class Migration(migrations.Migration):
    dependencies = [("infra", "0001_initial")]
    operations = [migrations.RunPython(insert, delete)]

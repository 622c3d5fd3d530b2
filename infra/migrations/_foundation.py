"""What tables need before they are made: extensions, VN-2000 as SRIDs of our own, functions.

The official parameters stand under SRIDs of our own, so that no library picks others. Part of the
first migration, because the user model has to be in that one.
"""

from django.contrib.postgres.operations import CreateExtension
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


FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION map_qx(place geometry)
RETURNS bigint
LANGUAGE sql
IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT least(1073741823, greatest(0, floor((ST_X(place) + 180) / 360 * 1073741824)))::bigint $$;

CREATE OR REPLACE FUNCTION map_qy(place geometry)
RETURNS bigint
LANGUAGE sql
IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT least(1073741823, greatest(0, floor((0.5 - asinh(tan(radians(
        least(85.05112877, greatest(-85.05112877, ST_Y(place)))))) / (2 * pi())) * 1073741824
    )))::bigint $$;

CREATE OR REPLACE FUNCTION tt_differs(old_row jsonb, new_row jsonb, free text[])
RETURNS boolean
LANGUAGE sql
IMMUTABLE
AS $$ SELECT (old_row - free) IS DISTINCT FROM (new_row - free) $$;

CREATE OR REPLACE FUNCTION tt_on_earth(place geometry)
RETURNS boolean
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$
    SELECT coalesce(public.ST_X(place) BETWEEN -180 AND 180
        AND public.ST_Y(place) BETWEEN -90 AND 90, false)
$$;

CREATE OR REPLACE FUNCTION tt_plain(value text)
RETURNS text
LANGUAGE sql
IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary,
       translate(normalize(value, NFC), 'đĐ', 'dD'))) $$;

CREATE OR REPLACE FUNCTION tt_sealed(sentence text)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'sealed: %', sentence USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION tt_sound(shape geometry)
RETURNS boolean
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$
    SELECT NOT public.ST_IsEmpty(shape) AND public.ST_IsValid(shape)
        AND public.ST_XMin(shape) >= -180 AND public.ST_XMax(shape) <= 180
        AND public.ST_YMin(shape) >= -90 AND public.ST_YMax(shape) <= 90
$$;
"""

OPERATIONS = [
    CreateExtension("postgis"),
    CreateExtension("pg_trgm"),
    CreateExtension("unaccent"),
    migrations.RunPython(insert, delete),
    migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
]

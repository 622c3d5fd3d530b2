"""Counts of masts alike per cell, so that a filtered map of the province costs no full count."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

ALIKE = "publicity, grade, mast_class, structure, operating_status, owner_id, viewer_org_ids"
# One row per cell and kind of mast; and, where those of one cell are too many for a far look,
# the same masts told apart by one filter only.
BY_ONE = """
SELECT CASE WHEN grouping(mast_class) = 0 THEN 'class' WHEN grouping(structure) = 0 THEN 'structure'
           WHEN grouping(operating_status) = 0 THEN 'status' ELSE 'owner' END AS split,
       x, y, publicity, grade, coalesce(mast_class, '') AS mast_class,
       coalesce(structure, '') AS structure, coalesce(operating_status, '') AS operating_status,
       owner_id, viewer_org_ids,
       sum(n)::bigint AS n, sum(sx)::bigint AS sx, sum(sy)::bigint AS sy
FROM kinds_11 GROUP BY x, y, publicity, grade, viewer_org_ids,
    GROUPING SETS ((mast_class), (structure), (operating_status), (owner_id))
"""
LEVELS = f"""
kinds_11 AS MATERIALIZED (
    SELECT x >> 1 AS x, y >> 1 AS y, {ALIKE},
           sum(n)::bigint AS n, sum(sx)::bigint AS sx, sum(sy)::bigint AS sy
    FROM kinds_12 GROUP BY x >> 1, y >> 1, {ALIKE}
), by_one AS ({BY_ONE}
), tallies AS (
    SELECT split, level::smallint, x, y, md5((split, {ALIKE})::text)::uuid AS kind, {ALIKE},
           n, sx, sy
    FROM (SELECT 'all' AS split, 12 AS level, * FROM kinds_12
        UNION ALL SELECT 'all', 11, * FROM kinds_11
        UNION ALL SELECT split, 11, x, y, {ALIKE}, n, sx, sy FROM by_one) AS cells
    WHERE n <> 0 OR sx <> 0 OR sy <> 0
)
"""
EXPECTED = f"""
CREATE OR REPLACE FUNCTION map_expected_sites_masttally()
RETURNS TABLE(split varchar, level smallint, cell_x integer, cell_y integer, kind uuid,
    publicity varchar, grade varchar, mast_class varchar, structure varchar,
    operating_status varchar, owner_id bigint, viewer_org_ids bigint[],
    count bigint, sum_x bigint, sum_y bigint)
LANGUAGE sql
STABLE
AS $$
    WITH places AS MATERIALIZED (
        SELECT map_qx(point) AS qx, map_qy(point) AS qy, {ALIKE}
        FROM sites_mast WHERE archived_at IS NULL
    ), kinds_12 AS MATERIALIZED (
        SELECT (qx >> 18)::int AS x, (qy >> 18)::int AS y, {ALIKE},
               count(*) AS n, sum(qx)::bigint AS sx, sum(qy)::bigint AS sy
        FROM places GROUP BY qx >> 18, qy >> 18, {ALIKE}
    ), {LEVELS}
    SELECT split, level, x, y, kind, {ALIKE}, n, sx, sy FROM tallies
$$;
"""
COUNT = f"""
CREATE OR REPLACE FUNCTION sites_mast_map_count()
RETURNS trigger
LANGUAGE plpgsql
AS $$
DECLARE
    of_new CONSTANT text := 'SELECT point, {ALIKE} FROM new_rows WHERE archived_at IS NULL';
    of_old CONSTANT text := 'SELECT point, {ALIKE} FROM old_rows WHERE archived_at IS NULL';
    coarser CONSTANT text := 'SELECT scope, bucket, x >> 2 AS x, y >> 2 AS y,
        sum(n)::bigint AS n, sum(sx)::bigint AS sx, sum(sy)::bigint AS sy
        FROM %I GROUP BY 1, 2, 3, 4';
    changed text;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM infra_mapaggregate WHERE layer = 'masts';
        DELETE FROM sites_masttally;
        RETURN NULL;
    END IF;
    changed := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT 1 AS way, * FROM (' || of_new || ') AS n'
        WHEN 'DELETE' THEN 'SELECT -1 AS way, * FROM (' || of_old || ') AS o'
        ELSE 'SELECT 1 AS way, * FROM (' || of_new || ' EXCEPT ALL ' || of_old || ') AS n UNION ALL
            SELECT -1, * FROM (' || of_old || ' EXCEPT ALL ' || of_new || ') AS o'
    END;
    EXECUTE '
        WITH places AS MATERIALIZED (
            SELECT way, map_qx(point) AS qx, map_qy(point) AS qy, {ALIKE}
            FROM (' || changed || ') AS c
        ), alike AS MATERIALIZED (
            SELECT (qx >> 14)::int AS x, (qy >> 14)::int AS y, publicity, grade, viewer_org_ids,
                   sum(way) AS n, sum(way * qx)::bigint AS sx, sum(way * qy)::bigint AS sy
            FROM places GROUP BY 1, 2, 3, 4, 5
        ), at_16 AS MATERIALIZED (
            SELECT s.scope, s.bucket, a.x, a.y, sum(s.sign * a.n)::bigint AS n,
                   sum(s.sign * a.sx)::bigint AS sx, sum(s.sign * a.sy)::bigint AS sy
            FROM alike AS a
            CROSS JOIN LATERAL sites_mast_map_scopes(a.publicity, a.grade, a.viewer_org_ids) AS s
            GROUP BY 1, 2, 3, 4
        ), at_14 AS MATERIALIZED (' || format(coarser, 'at_16') || '
        ), at_12 AS MATERIALIZED (' || format(coarser, 'at_14') || '
        ), at_10 AS MATERIALIZED (' || format(coarser, 'at_12') || '
        ), at_8 AS (' || format(coarser, 'at_10') || '
        ), kinds_12 AS MATERIALIZED (
            SELECT (qx >> 18)::int AS x, (qy >> 18)::int AS y, {ALIKE},
                   sum(way)::bigint AS n, sum(way * qx)::bigint AS sx, sum(way * qy)::bigint AS sy
            FROM places GROUP BY qx >> 18, qy >> 18, {ALIKE}
        ), {LEVELS.replace("'", "''")}, tallied AS (
            INSERT INTO sites_masttally AS t
                (split, level, cell_x, cell_y, kind, slot, {ALIKE}, count, sum_x, sum_y)
            SELECT split, level, x, y, kind, pg_backend_pid() % 32, {ALIKE}, n, sx, sy
            FROM tallies ORDER BY split, level, x, y, kind
            ON CONFLICT (split, level, cell_x, cell_y, kind, slot) DO UPDATE
            SET count = t.count + excluded.count, sum_x = t.sum_x + excluded.sum_x,
                sum_y = t.sum_y + excluded.sum_y
        )
        INSERT INTO infra_mapaggregate AS a
            (layer, scope, level, cell_x, cell_y, bucket, slot, count, sum_x, sum_y)
        SELECT ''masts'', scope, level, x, y, bucket, pg_backend_pid() % 32, n, sx, sy
        FROM (SELECT 16 AS level, * FROM at_16 UNION ALL SELECT 14, * FROM at_14
            UNION ALL SELECT 12, * FROM at_12 UNION ALL SELECT 10, * FROM at_10
            UNION ALL SELECT 8, * FROM at_8) AS cells
        WHERE n <> 0 OR sx <> 0 OR sy <> 0
        ORDER BY level, x, y, scope, bucket
        ON CONFLICT (layer, scope, level, cell_x, cell_y, bucket, slot) DO UPDATE
        SET count = a.count + excluded.count, sum_x = a.sum_x + excluded.sum_x,
            sum_y = a.sum_y + excluded.sum_y';
    RETURN NULL;
END $$;
"""
# What stands already is counted once, by the same definition that a check compares with.
FIRST_COUNT = f"""
INSERT INTO sites_masttally
    (split, level, cell_x, cell_y, kind, slot, {ALIKE}, count, sum_x, sum_y)
SELECT split, level, cell_x, cell_y, kind, 0, {ALIKE}, count, sum_x, sum_y
FROM map_expected_sites_masttally() ORDER BY split, level, cell_x, cell_y, kind
"""


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0002_functions_and_seals"),
        ("sites", "0003_lists_at_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="MastTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "split",
                        "level",
                        "cell_x",
                        "cell_y",
                        "kind",
                        "slot",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("split", models.CharField(max_length=10)),
                ("level", models.PositiveSmallIntegerField()),
                ("cell_x", models.IntegerField()),
                ("cell_y", models.IntegerField()),
                ("kind", models.UUIDField()),
                ("slot", models.PositiveSmallIntegerField(default=0)),
                ("publicity", models.CharField(max_length=10)),
                ("grade", models.CharField(blank=True, max_length=1)),
                ("mast_class", models.CharField(blank=True, max_length=3)),
                ("structure", models.CharField(blank=True, max_length=20)),
                ("operating_status", models.CharField(max_length=12)),
                (
                    "viewer_org_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("count", models.BigIntegerField()),
                ("sum_x", models.BigIntegerField()),
                ("sum_y", models.BigIntegerField()),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="infra.organisation",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(EXPECTED + COUNT, migrations.RunSQL.noop),
        migrations.RunSQL(FIRST_COUNT, migrations.RunSQL.noop),
    ]

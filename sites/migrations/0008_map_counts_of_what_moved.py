"""Count only what changed: a renamed mast stays in its cells, and nothing is worked out for it.

Masts that are counted alike are put together first, and each level is added up from the one below.
Writers take the cells in one order, so that two of one slot wait for each other instead of blocking.
"""

from django.db import migrations

COUNT = """
CREATE OR REPLACE FUNCTION sites_mast_map_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_new CONSTANT text := 'SELECT point, publicity, grade, viewer_org_ids
        FROM new_rows WHERE archived_at IS NULL';
    of_old CONSTANT text := 'SELECT point, publicity, grade, viewer_org_ids
        FROM old_rows WHERE archived_at IS NULL';
    coarser CONSTANT text := 'SELECT scope, bucket, x >> 2 AS x, y >> 2 AS y,
        sum(n)::bigint AS n, sum(sx)::bigint AS sx, sum(sy)::bigint AS sy
        FROM %I GROUP BY 1, 2, 3, 4';
    changed text;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM infra_mapaggregate WHERE layer = 'masts';
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
            SELECT way, map_qx(point) AS qx, map_qy(point) AS qy, publicity, grade, viewer_org_ids
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
        ), at_8 AS (' || format(coarser, 'at_10') || ')
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


class Migration(migrations.Migration):
    dependencies = [("sites", "0007_quicker_map_counts")]

    # Going back, the function before gives the same counts and this one may stay.
    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]

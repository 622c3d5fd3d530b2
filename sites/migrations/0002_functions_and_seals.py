"""Functions and triggers over masts: who sees them, how many lie in a cell, seals."""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION sites_mast_map_scopes(publicity text, grade text, viewers bigint[])
RETURNS TABLE(scope text, bucket text, sign integer)
LANGUAGE sql
IMMUTABLE PARALLEL SAFE
AS $$
    SELECT 'all', grade, 1
    UNION ALL SELECT 'public', '', 1 WHERE publicity = 'public'
    UNION ALL SELECT 'org:' || org, grade, 1 FROM unnest(viewers) AS org
    UNION ALL SELECT 'org:' || org, '', -1 FROM unnest(viewers) AS org WHERE publicity = 'public'
$$;

CREATE OR REPLACE FUNCTION map_expected_sites_mast()
RETURNS TABLE(layer text, scope text, level integer, cell_x integer, cell_y integer, bucket text, count bigint, sum_x bigint, sum_y bigint)
LANGUAGE sql
STABLE
AS $$
    WITH places AS MATERIALIZED (
        SELECT map_qx(point) AS qx, map_qy(point) AS qy, publicity, grade, viewer_org_ids
        FROM sites_mast WHERE archived_at IS NULL
    ), fine AS MATERIALIZED (
        SELECT s.scope, s.bucket, (p.qx >> 14)::int AS x, (p.qy >> 14)::int AS y,
               sum(s.sign)::bigint AS n, sum(s.sign * p.qx)::bigint AS sx,
               sum(s.sign * p.qy)::bigint AS sy
        FROM places AS p
        CROSS JOIN LATERAL sites_mast_map_scopes(p.publicity, p.grade, p.viewer_org_ids) AS s
        GROUP BY 1, 2, 3, 4
    )
    SELECT 'masts', f.scope, l.level, f.x >> (16 - l.level), f.y >> (16 - l.level), f.bucket,
           sum(f.n)::bigint, sum(f.sx)::bigint, sum(f.sy)::bigint
    FROM fine AS f CROSS JOIN (VALUES (8), (10), (12), (14), (16)) AS l (level)
    GROUP BY 2, 3, 4, 5, 6
    HAVING sum(f.n) <> 0 OR sum(f.sx) <> 0 OR sum(f.sy) <> 0
$$;

CREATE OR REPLACE FUNCTION sites_mast_map_count()
RETURNS trigger
LANGUAGE plpgsql
AS $$
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

CREATE OR REPLACE FUNCTION sites_mast_viewers(owner bigint, mast bigint)
RETURNS bigint[]
LANGUAGE sql
STABLE
AS $$
    SELECT ARRAY(
        SELECT owner WHERE owner IS NOT NULL
        UNION SELECT operator_id FROM sites_station WHERE mast_id = mast
        ORDER BY 1)
$$;

CREATE OR REPLACE FUNCTION sites_mast_viewers_of_new()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.viewer_org_ids := array_remove(ARRAY[NEW.owner_id], NULL);
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_payload_sites_inspection(wanted bigint)
RETURNS jsonb
LANGUAGE sql
STABLE
SET "TimeZone" TO 'UTC'
SET search_path TO 'public', 'pg_temp'
AS $$
    SELECT to_jsonb(v) - ARRAY['grade', 'grade_reasons', 'version', 'updated_at', 'point']
        || jsonb_build_object(
            'point', encode(ST_AsEWKB(v.point), 'hex'),
            'results', (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id)
                FROM sites_inspectionresult r WHERE r.inspection_id = v.id),
            'measurements', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.id)
                FROM sites_measurement m WHERE m.inspection_id = v.id))
    FROM sites_inspection v WHERE v.id = wanted
$$;

CREATE OR REPLACE FUNCTION tt_seal_candidate()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    stands text := (SELECT state FROM infra_dossier WHERE id = OLD.dossier_id);
    free text[] := ARRAY['version', 'updated_at'];
BEGIN
    IF TG_OP = 'DELETE' AND stands IN ('draft', 'supplement_requested') THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR (OLD.uuid, OLD.dossier_id) IS DISTINCT FROM (NEW.uuid, NEW.dossier_id) THEN
        PERFORM tt_sealed(format('position %s is part of a dossier at %s', OLD.id, stands));
    END IF;
    IF stands IN ('draft', 'supplement_requested', 'appraising') THEN
        RETURN NEW;
    END IF;
    -- Validity starts with the letter that is issued, once.
    IF OLD.valid_until IS NULL THEN
        free := free || 'valid_until'::text;
    END IF;
    IF tt_differs(to_jsonb(OLD), to_jsonb(NEW), free) OR OLD.point IS DISTINCT FROM NEW.point
        OR OLD.proposed_point IS DISTINCT FROM NEW.proposed_point
    THEN
        PERFORM tt_sealed(format('position %s is part of a dossier at %s', OLD.id, stands));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_finding()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM infra_chainlink
        WHERE "table" = 'sites_inspection' AND row_id = NEW.inspection_id
    ) THEN
        PERFORM tt_sealed(format('visit %s is recorded: nothing is added', NEW.inspection_id));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_inspection()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.point IS DISTINCT FROM NEW.point OR tt_differs(
        to_jsonb(OLD), to_jsonb(NEW), ARRAY['grade', 'grade_reasons', 'version', 'updated_at'])
    THEN
        PERFORM tt_sealed(format('visit %s stays as it was recorded', OLD.id));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_screening()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    -- A position that is taken out of a request, while it is the applicant's, takes its own along.
    IF TG_OP = 'DELETE' AND (
        SELECT d.state IN ('draft', 'supplement_requested')
        FROM sites_candidatelocation c JOIN infra_dossier d ON d.id = c.dossier_id
        WHERE c.id = OLD.candidate_id
    ) THEN
        RETURN OLD;
    END IF;
    PERFORM tt_sealed(format('screening %s stays as it was judged', OLD.id));
    RETURN NULL;
END $$;
"""

TRIGGERS = r"""
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON sites_candidatelocation FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_candidate BEFORE DELETE OR UPDATE ON sites_candidatelocation FOR EACH ROW
    EXECUTE FUNCTION tt_seal_candidate();
CREATE TRIGGER seal_inspection BEFORE DELETE OR UPDATE ON sites_inspection FOR EACH ROW
    EXECUTE FUNCTION tt_seal_inspection();
CREATE CONSTRAINT TRIGGER tt_chain AFTER INSERT ON sites_inspection DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION tt_chain();
CREATE TRIGGER seal_finding BEFORE INSERT ON sites_inspectionresult FOR EACH ROW
    EXECUTE FUNCTION tt_seal_finding();
CREATE TRIGGER map_count_delete AFTER DELETE ON sites_mast REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_insert AFTER INSERT ON sites_mast REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_truncate AFTER TRUNCATE ON sites_mast FOR EACH STATEMENT
    EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_count_update AFTER UPDATE ON sites_mast REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION sites_mast_map_count();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON sites_mast FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER viewers_of_new BEFORE INSERT ON sites_mast FOR EACH ROW
    EXECUTE FUNCTION sites_mast_viewers_of_new();
CREATE TRIGGER seal_finding BEFORE INSERT ON sites_measurement FOR EACH ROW
    EXECUTE FUNCTION tt_seal_finding();
CREATE TRIGGER seal_screening BEFORE DELETE OR UPDATE ON sites_screening FOR EACH ROW
    EXECUTE FUNCTION tt_seal_screening();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON sites_station FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
"""

SOUND_GEOMETRY = r"""
ALTER TABLE sites_candidatelocation ADD CONSTRAINT candidate_point_on_earth
    CHECK (tt_on_earth(point));
ALTER TABLE sites_candidatelocation ADD CONSTRAINT candidate_proposed_point_on_earth
    CHECK (((proposed_point IS NULL) OR tt_on_earth(proposed_point)));
ALTER TABLE sites_mast ADD CONSTRAINT mast_point_on_earth
    CHECK (tt_on_earth(point));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0001_tables"),
        ("infra", "0002_functions_and_seals"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(SOUND_GEOMETRY, migrations.RunSQL.noop),
    ]

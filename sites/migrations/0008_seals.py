"""What a visit found and what a screening said stay; a position stays once its dossier is decided."""

from django.db import migrations

POSITION = """
CREATE FUNCTION tt_seal_candidate() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER seal_candidate BEFORE UPDATE OR DELETE ON sites_candidatelocation
    FOR EACH ROW EXECUTE FUNCTION tt_seal_candidate();

CREATE FUNCTION tt_seal_screening() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER seal_screening BEFORE UPDATE OR DELETE ON sites_screening
    FOR EACH ROW EXECUTE FUNCTION tt_seal_screening();
"""

VISIT = """
CREATE FUNCTION tt_seal_inspection() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.point IS DISTINCT FROM NEW.point OR tt_differs(
        to_jsonb(OLD), to_jsonb(NEW), ARRAY['grade', 'grade_reasons', 'version', 'updated_at'])
    THEN
        PERFORM tt_sealed(format('visit %s stays as it was recorded', OLD.id));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_inspection BEFORE UPDATE OR DELETE ON sites_inspection
    FOR EACH ROW EXECUTE FUNCTION tt_seal_inspection();

-- The link in the chain is written when the visit's transaction ends: from then on it is whole.
CREATE FUNCTION tt_seal_finding() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM infra_chainlink
        WHERE "table" = 'sites_inspection' AND row_id = NEW.inspection_id
    ) THEN
        PERFORM tt_sealed(format('visit %s is recorded: nothing is added', NEW.inspection_id));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_finding BEFORE INSERT ON sites_inspectionresult
    FOR EACH ROW EXECUTE FUNCTION tt_seal_finding();
CREATE TRIGGER seal_finding BEFORE INSERT ON sites_measurement
    FOR EACH ROW EXECUTE FUNCTION tt_seal_finding();

CREATE FUNCTION tt_payload_sites_inspection(wanted bigint) RETURNS jsonb LANGUAGE sql STABLE
SET timezone = 'UTC' SET search_path = public, pg_temp AS $$
    SELECT to_jsonb(v) - ARRAY['grade', 'grade_reasons', 'version', 'updated_at', 'point']
        || jsonb_build_object(
            'point', encode(ST_AsEWKB(v.point), 'hex'),
            'results', (SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id)
                FROM sites_inspectionresult r WHERE r.inspection_id = v.id),
            'measurements', (SELECT jsonb_agg(to_jsonb(m) ORDER BY m.id)
                FROM sites_measurement m WHERE m.inspection_id = v.id))
    FROM sites_inspection v WHERE v.id = wanted
$$;
CREATE CONSTRAINT TRIGGER tt_chain AFTER INSERT ON sites_inspection
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tt_chain();
SELECT tt_chain_add('sites_inspection', id, created_at)
FROM (SELECT id, created_at FROM sites_inspection ORDER BY id) v;
"""

NO_MORE = """
DROP TRIGGER tt_chain ON sites_inspection;
DROP TRIGGER seal_finding ON sites_measurement;
DROP TRIGGER seal_finding ON sites_inspectionresult;
DROP TRIGGER seal_inspection ON sites_inspection;
DROP TRIGGER seal_screening ON sites_screening;
DROP TRIGGER seal_candidate ON sites_candidatelocation;
DROP FUNCTION tt_payload_sites_inspection(bigint), tt_seal_finding(), tt_seal_inspection(),
    tt_seal_screening(), tt_seal_candidate();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sites", "0008_names_of_bodies"),
        ("infra", "0013_seals"),
    ]

    operations = [migrations.RunSQL([POSITION, VISIT], NO_MORE)]

"""A route that left its draft keeps its line; the ruling on it is a link of the chain."""

import pgtrigger.migrations
from django.db import migrations

ROUTE = """
CREATE FUNCTION tt_route_is_open(wanted bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT state = 'draft' AND NOT EXISTS (
        SELECT FROM undergrounding_committeedecision
        WHERE route_id = wanted AND outcome = 'approved')
    FROM undergrounding_route WHERE id = wanted
$$;

CREATE FUNCTION tt_seal_route() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF tt_route_is_open(OLD.id) THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF (OLD.uuid, OLD.code, OLD.created_by_id)
            IS DISTINCT FROM (NEW.uuid, NEW.code, NEW.created_by_id) THEN
            PERFORM tt_sealed(format('route %s keeps its code and who drew it', OLD.id));
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.geometry IS DISTINCT FROM NEW.geometry OR tt_differs(
        to_jsonb(OLD), to_jsonb(NEW),
        ARRAY['state', 'publicity', 'archived_at', 'version', 'updated_at', 'geometry'])
    THEN
        PERFORM tt_sealed(format('route %s stands at %s: its drawing stays', OLD.id, OLD.state));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_route BEFORE UPDATE OR DELETE ON undergrounding_route
    FOR EACH ROW EXECUTE FUNCTION tt_seal_route();
CREATE CONSTRAINT TRIGGER seal_step AFTER UPDATE ON undergrounding_route
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION tt_state_has_record();

CREATE FUNCTION tt_seal_segment() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND NOT tt_route_is_open(OLD.route_id)
        OR TG_OP <> 'DELETE' AND NOT tt_route_is_open(NEW.route_id) THEN
        PERFORM tt_sealed('the segments of a route stay once it left its draft');
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_segment BEFORE INSERT OR UPDATE OR DELETE ON undergrounding_segment
    FOR EACH ROW EXECUTE FUNCTION tt_seal_segment();

CREATE FUNCTION tt_seal_decision_file() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM undergrounding_committeedecision WHERE file_id = OLD.id) THEN
        PERFORM tt_sealed(format('file %s is the paper of a ruling', OLD.id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER seal_decision_file BEFORE UPDATE OR DELETE ON infra_attachment
    FOR EACH ROW EXECUTE FUNCTION tt_seal_decision_file();

CREATE FUNCTION tt_payload_undergrounding_committeedecision(wanted bigint) RETURNS jsonb
LANGUAGE sql STABLE SET timezone = 'UTC' SET search_path = public, pg_temp AS $$
    SELECT to_jsonb(d) - 'geometry' || jsonb_build_object(
        'geometry', encode(ST_AsEWKB(d.geometry), 'hex'),
        'file_sha256', (SELECT sha256 FROM infra_attachment WHERE id = d.file_id))
    FROM undergrounding_committeedecision d WHERE d.id = wanted
$$;
CREATE CONSTRAINT TRIGGER tt_chain AFTER INSERT ON undergrounding_committeedecision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tt_chain();
SELECT tt_chain_add('undergrounding_committeedecision', id, recorded_at)
FROM (SELECT id, recorded_at FROM undergrounding_committeedecision ORDER BY id) d;
"""

NO_MORE = """
DROP TRIGGER tt_chain ON undergrounding_committeedecision;
DROP TRIGGER seal_decision_file ON infra_attachment;
DROP TRIGGER seal_segment ON undergrounding_segment;
DROP TRIGGER seal_step ON undergrounding_route;
DROP TRIGGER seal_route ON undergrounding_route;
DROP FUNCTION tt_payload_undergrounding_committeedecision(bigint), tt_seal_decision_file(),
    tt_seal_segment(), tt_seal_route(), tt_route_is_open(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("undergrounding", "0008_sound_geometry"),
        ("infra", "0013_seals"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="committeedecision", name="decision_append_only"
        ),
        migrations.RunSQL(ROUTE, NO_MORE),
    ]

"""Functions and triggers over routes: map versions and seals."""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION tt_payload_undergrounding_committeedecision(wanted bigint)
RETURNS jsonb
LANGUAGE sql
STABLE
SET "TimeZone" TO 'UTC'
SET search_path TO 'public', 'pg_temp'
AS $$
    SELECT to_jsonb(d) - 'geometry' || jsonb_build_object(
        'geometry', encode(ST_AsEWKB(d.geometry), 'hex'),
        'file_sha256', (SELECT sha256 FROM infra_attachment WHERE id = d.file_id))
    FROM undergrounding_committeedecision d WHERE d.id = wanted
$$;

CREATE OR REPLACE FUNCTION tt_route_is_open(wanted bigint)
RETURNS boolean
LANGUAGE sql
STABLE
SET search_path TO 'public', 'pg_temp'
AS $$
    SELECT state = 'draft' AND NOT EXISTS (
        SELECT FROM undergrounding_committeedecision
        WHERE route_id = wanted AND outcome = 'approved')
    FROM undergrounding_route WHERE id = wanted
$$;

CREATE OR REPLACE FUNCTION tt_seal_decision_file()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM undergrounding_committeedecision WHERE file_id = OLD.id) THEN
        PERFORM tt_sealed(format('file %s is the paper of a ruling', OLD.id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_route()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
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

CREATE OR REPLACE FUNCTION tt_seal_segment()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
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
"""

TRIGGERS = r"""
CREATE TRIGGER seal_decision_file BEFORE DELETE OR UPDATE ON infra_attachment FOR EACH ROW
    EXECUTE FUNCTION tt_seal_decision_file();
CREATE CONSTRAINT TRIGGER tt_chain AFTER INSERT ON undergrounding_committeedecision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION tt_chain();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON undergrounding_route FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_route BEFORE DELETE OR UPDATE ON undergrounding_route FOR EACH ROW
    EXECUTE FUNCTION tt_seal_route();
CREATE CONSTRAINT TRIGGER seal_step AFTER UPDATE ON undergrounding_route DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text))
    EXECUTE FUNCTION tt_state_has_record();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON undergrounding_segment FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_segment BEFORE INSERT OR DELETE OR UPDATE ON undergrounding_segment FOR EACH ROW
    EXECUTE FUNCTION tt_seal_segment();
"""

SOUND_GEOMETRY = r"""
ALTER TABLE undergrounding_committeedecision ADD CONSTRAINT decision_line_sound
    CHECK (tt_sound(geometry));
ALTER TABLE undergrounding_route ADD CONSTRAINT route_line_simple
    CHECK ((((state)::text = 'draft'::text) OR st_issimple(geometry)));
ALTER TABLE undergrounding_route ADD CONSTRAINT route_line_sound
    CHECK (tt_sound(geometry));
ALTER TABLE undergrounding_segment ADD CONSTRAINT segment_line_has_two_points
    CHECK ((st_npoints(geometry) >= 2));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("undergrounding", "0001_tables"),
        ("infra", "0002_functions_and_seals"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(SOUND_GEOMETRY, migrations.RunSQL.noop),
    ]

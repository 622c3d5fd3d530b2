"""Functions and triggers over the tables: history's context, map versions, seals, the chain."""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION _pgh_attach_context()
RETURNS uuid
LANGUAGE plpgsql
AS $$
DECLARE
    told_id uuid := nullif(current_setting('pghistory.context_id', true), '');
    told CONSTANT jsonb := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF told_id IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    told_id := md5(told_id::text || told::text)::uuid;
    INSERT INTO public.pghistory_context (id, metadata, created_at, updated_at)
    VALUES (told_id, told, now(), now()) ON CONFLICT (id) DO NOTHING;
    RETURN told_id;
END $$;

CREATE OR REPLACE FUNCTION map_bump_version()
RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO infra_maptableversion AS v ("table", slot, version)
    VALUES (TG_TABLE_NAME, pg_backend_pid() % 64, 1)
    ON CONFLICT ("table", slot) DO UPDATE SET version = v.version + 1;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tt_payload(kind text, wanted bigint)
RETURNS jsonb
LANGUAGE plpgsql
STABLE
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    found jsonb;
BEGIN
    EXECUTE format('SELECT %I($1)', 'tt_payload_' || kind) INTO found USING wanted;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION tt_chain_add(kind text, wanted bigint, moment timestamp with time zone DEFAULT now())
RETURNS void
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    last infra_chainlink;
    link infra_chainlink;
BEGIN
    PERFORM pg_advisory_xact_lock(7240131);
    SELECT * INTO last FROM infra_chainlink ORDER BY seq DESC LIMIT 1;
    link.seq := coalesce(last.seq, 0) + 1;
    link.at := moment;
    link."table" := kind;
    link.row_id := wanted;
    link.payload := tt_payload(kind, wanted)::text;
    link.payload_sha256 := encode(sha256(convert_to(link.payload, 'UTF8')), 'hex');
    link.previous := coalesce(last.hash, repeat('0', 64));
    link.hash := encode(sha256(convert_to(concat_ws(chr(10), link.previous, link.seq,
        to_char(link.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        kind, wanted, link.payload_sha256), 'UTF8')), 'hex');
    INSERT INTO infra_chainlink SELECT link.*;
END $$;

CREATE OR REPLACE FUNCTION tt_chain()
RETURNS trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    PERFORM tt_chain_add(TG_TABLE_NAME, NEW.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tt_payload_infra_document(wanted bigint)
RETURNS jsonb
LANGUAGE sql
STABLE
SET "TimeZone" TO 'UTC'
SET search_path TO 'public', 'pg_temp'
AS $$
    SELECT to_jsonb(d)
        - ARRAY['state', 'version', 'created_at', 'updated_at', 'replaced_by_id', 'withdrawn_reason']
        || jsonb_build_object(
            'draft_file_sha256', (SELECT sha256 FROM infra_attachment WHERE id = d.draft_file_id),
            'signed_file_sha256', (SELECT sha256 FROM infra_attachment WHERE id = d.signed_file_id))
    FROM infra_document d WHERE id = wanted AND issued_on IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION tt_payload_infra_transitionrecord(wanted bigint)
RETURNS jsonb
LANGUAGE sql
STABLE
SET "TimeZone" TO 'UTC'
SET search_path TO 'public', 'pg_temp'
AS $$ SELECT to_jsonb(r) FROM infra_transitionrecord r WHERE id = wanted $$;

CREATE OR REPLACE FUNCTION tt_seal_attachment()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM infra_document WHERE OLD.id IN (draft_file_id, signed_file_id)) THEN
        PERFORM tt_sealed(format('file %s belongs to a document', OLD.id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF tt_differs(to_jsonb(OLD), to_jsonb(NEW), ARRAY['name', 'component', 'is_internal']) THEN
        PERFORM tt_sealed(format('file %s keeps its bytes, its object and its sender', OLD.id));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_document()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    free text[] := ARRAY['state', 'version', 'updated_at'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' OR NEW.signer_id IS NOT NULL OR NEW.issued_on IS NOT NULL THEN
            PERFORM tt_sealed('a document begins as a draft');
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            PERFORM tt_sealed('only a draft of a document is deleted');
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.state <> OLD.state AND OLD.state || ':' || NEW.state NOT IN (
        'draft:for_signature', 'for_signature:draft', 'for_signature:signed', 'signed:issued',
        'issued:replaced', 'issued:withdrawn'
    ) THEN
        PERFORM tt_sealed(format('a document goes from %s to no %s', OLD.state, NEW.state));
    END IF;
    -- A step first moves the state, then writes what belongs to it, each once.
    IF OLD.state = 'draft' AND NEW.state = 'draft' THEN
        free := free || ARRAY['subject', 'template', 'context', 'valid_until', 'symbol',
                              'content_hash', 'draft_file_id'];
    ELSIF OLD.state = 'for_signature' AND OLD.content_hash = '' THEN
        free := free || ARRAY['content_hash', 'draft_file_id'];
    ELSIF OLD.state = 'signed' THEN
        free := free || ARRAY['valid_until'];
        IF OLD.signer_id IS NULL THEN
            free := free || ARRAY['draft_file_id', 'sign_mode', 'signing_title', 'superior_title',
                                  'signer_id', 'signed_at'];
        END IF;
    ELSIF OLD.state = 'issued' AND OLD.issued_on IS NULL THEN
        free := free || ARRAY['number', 'symbol', 'issued_on', 'issued_by_id', 'signed_file_id'];
    ELSIF OLD.state = 'replaced' AND OLD.replaced_by_id IS NULL THEN
        free := free || ARRAY['replaced_by_id'];
    ELSIF OLD.state = 'withdrawn' AND OLD.withdrawn_reason = '' THEN
        free := free || ARRAY['withdrawn_reason'];
    END IF;
    IF tt_differs(to_jsonb(OLD), to_jsonb(NEW), free) THEN
        PERFORM tt_sealed(format('document %s stands at %s', OLD.id, OLD.state));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_dossier()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' OR OLD.submitted_at IS NOT NULL THEN
            PERFORM tt_sealed(format('dossier %s was submitted', OLD.id));
        END IF;
        RETURN OLD;
    END IF;
    IF (OLD.uuid, OLD.created_by_id) IS DISTINCT FROM (NEW.uuid, NEW.created_by_id)
        OR OLD.submitted_at IS NOT NULL AND (
            OLD.code IS NOT NULL AND NEW.code IS DISTINCT FROM OLD.code
            OR (NEW.submitted_at, NEW.applicant_id) IS DISTINCT FROM (OLD.submitted_at, OLD.applicant_id)
            OR OLD.received_at IS NOT NULL AND NEW.received_at IS DISTINCT FROM OLD.received_at)
    THEN
        PERFORM tt_sealed(format('dossier %s keeps its code, its applicant and its arrival', OLD.id));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_question()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM tt_sealed(format('%s %s was asked', TG_TABLE_NAME, OLD.id));
    END IF;
    IF OLD.answered_at IS NOT NULL AND to_jsonb(OLD) <> to_jsonb(NEW)
        OR tt_differs(to_jsonb(OLD), to_jsonb(NEW),
            ARRAY['opinion', 'answer', 'answered_by_id', 'answered_at', 'version', 'updated_at'])
    THEN
        PERFORM tt_sealed(format('%s %s stays as asked and as answered', TG_TABLE_NAME, OLD.id));
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION tt_seal_rows()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    PERFORM tt_sealed(format('%s on %s: its rows are final', TG_OP, TG_TABLE_NAME));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tt_state_has_record()
RETURNS trigger
LANGUAGE plpgsql
SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM infra_transitionrecord r JOIN django_content_type t ON t.id = r.target_type_id
        WHERE t.app_label || '_' || t.model = TG_TABLE_NAME AND r.target_id = NEW.id
            AND r.from_state = OLD.state AND r.to_state = NEW.state AND r.version = NEW.version
    ) THEN
        PERFORM tt_sealed(format('%s %s went to %s without the record of a step',
            TG_TABLE_NAME, NEW.id, NEW.state));
    END IF;
    RETURN NULL;
END $$;
"""

TRIGGERS = r"""
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_administrativeunit FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_attachment BEFORE DELETE OR UPDATE ON infra_attachment FOR EACH ROW
    EXECUTE FUNCTION tt_seal_attachment();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_constraintdataset FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_constraintfeature FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_consultation FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_question BEFORE DELETE OR UPDATE ON infra_consultation FOR EACH ROW
    EXECUTE FUNCTION tt_seal_question();
CREATE TRIGGER seal_document BEFORE INSERT OR DELETE OR UPDATE ON infra_document FOR EACH ROW
    EXECUTE FUNCTION tt_seal_document();
CREATE CONSTRAINT TRIGGER seal_step AFTER UPDATE ON infra_document DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text))
    EXECUTE FUNCTION tt_state_has_record();
CREATE CONSTRAINT TRIGGER tt_chain AFTER UPDATE ON infra_document DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.issued_on IS NULL) AND (new.issued_on IS NOT NULL)))
    EXECUTE FUNCTION tt_chain();
CREATE TRIGGER map_version AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON infra_dossier FOR EACH STATEMENT
    EXECUTE FUNCTION map_bump_version();
CREATE TRIGGER seal_dossier BEFORE DELETE OR UPDATE ON infra_dossier FOR EACH ROW
    EXECUTE FUNCTION tt_seal_dossier();
CREATE CONSTRAINT TRIGGER seal_step AFTER UPDATE ON infra_dossier DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text))
    EXECUTE FUNCTION tt_state_has_record();
CREATE TRIGGER seal_question BEFORE DELETE OR UPDATE ON infra_supplementrequest FOR EACH ROW
    EXECUTE FUNCTION tt_seal_question();
CREATE CONSTRAINT TRIGGER tt_chain AFTER INSERT ON infra_transitionrecord DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION tt_chain();
"""

SOUND_GEOMETRY = r"""
ALTER TABLE infra_administrativeunit ADD CONSTRAINT unit_boundary_sound
    CHECK (((boundary IS NULL) OR tt_sound(boundary)));
ALTER TABLE infra_administrativeunit ADD CONSTRAINT unit_point_on_earth
    CHECK (((point IS NULL) OR tt_on_earth(point)));
ALTER TABLE infra_attachment ADD CONSTRAINT attachment_point_on_earth
    CHECK (((captured_point IS NULL) OR tt_on_earth(captured_point)));
ALTER TABLE infra_comment ADD CONSTRAINT comment_point_on_earth
    CHECK (((point IS NULL) OR tt_on_earth(point)));
ALTER TABLE infra_constraintfeature ADD CONSTRAINT feature_geometry_sound
    CHECK (tt_sound(geometry));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("infra", "0001_tables"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # As `createcachetable` makes it: the sign-in limits live here and hold across processes.
        migrations.RunSQL(
            """
            CREATE TABLE IF NOT EXISTS infra_cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX IF NOT EXISTS infra_cache_expires ON infra_cache (expires);
            """,
            "DROP TABLE IF EXISTS infra_cache",
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(SOUND_GEOMETRY, migrations.RunSQL.noop),
    ]

"""The log: three tables that only audit_append() writes, and the triggers that hold even their owner to it."""

from django.db import migrations, models

TABLES = """
CREATE TABLE audit_head (
    chain text PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE audit_entry (
    chain text NOT NULL,
    seq bigint NOT NULL,
    recorded_us bigint NOT NULL,
    body text NOT NULL,
    subjects_digest bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    event text NOT NULL GENERATED ALWAYS AS (body::jsonb ->> 'event') STORED,
    actor_id text NOT NULL GENERATED ALWAYS AS (body::jsonb #>> '{actor,id}') STORED,
    intent_id text GENERATED ALWAYS AS (body::jsonb ->> 'intent') STORED,
    PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_entry_actor ON audit_entry (chain, actor_id, seq);
CREATE INDEX audit_entry_intent ON audit_entry (chain, intent_id) WHERE intent_id IS NOT NULL;
CREATE INDEX audit_entry_recorded ON audit_entry USING brin (recorded_us);

CREATE TABLE audit_subject (
    chain text NOT NULL,
    seq bigint NOT NULL,
    ordinal integer NOT NULL,
    asked_hash bytea NOT NULL,
    current_hash bytea,
    sealed bytea NOT NULL,
    outcome text,
    PRIMARY KEY (chain, seq, ordinal)
);
CREATE INDEX audit_subject_asked ON audit_subject (chain, asked_hash);
CREATE INDEX audit_subject_current ON audit_subject (chain, current_hash) WHERE current_hash <> asked_hash;

CREATE TABLE audit_checkpoint (
    chain text NOT NULL,
    seq bigint NOT NULL,
    statement text NOT NULL,
    signature bytea NOT NULL,
    PRIMARY KEY (chain, seq)
);
"""

APPEND = """
CREATE FUNCTION audit_append(
    p_chain text, p_body text, p_asked bytea[], p_current bytea[], p_sealed bytea[], p_outcome text[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET lock_timeout = '10s'
AS $$
DECLARE
    v_seq bigint;
    v_prev bytea;
    v_hash bytea;
    v_digest bytea := sha256('');
    v_recorded bigint;
BEGIN
    SELECT seq, hash INTO v_seq, v_prev FROM audit_head WHERE chain = p_chain FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO audit_head (chain, seq, hash)
            VALUES (p_chain, 0, sha256(convert_to('fiksreg-audit/1/' || p_chain, 'UTF8')))
            ON CONFLICT DO NOTHING;
        SELECT seq, hash INTO STRICT v_seq, v_prev FROM audit_head WHERE chain = p_chain FOR NO KEY UPDATE;
    END IF;
    v_seq := v_seq + 1;
    v_recorded := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
    IF cardinality(p_asked) > 0 THEN
        INSERT INTO audit_subject (chain, seq, ordinal, asked_hash, current_hash, sealed, outcome)
            SELECT p_chain, v_seq, s.ordinal, s.asked, s.current, s.sealed, s.outcome
            FROM unnest(p_asked, p_current, p_sealed, p_outcome)
                WITH ORDINALITY AS s (asked, current, sealed, outcome, ordinal);
        SELECT sha256(string_agg(
                int4send(length(s.asked)) || s.asked
                || int4send(coalesce(length(s.current), -1)) || coalesce(s.current, '')
                || int4send(length(s.sealed)) || s.sealed
                || int4send(coalesce(octet_length(s.outcome), -1)) || convert_to(coalesce(s.outcome, ''), 'UTF8'),
                ''::bytea ORDER BY s.ordinal))
            INTO v_digest
            FROM unnest(p_asked, p_current, p_sealed, p_outcome)
                WITH ORDINALITY AS s (asked, current, sealed, outcome, ordinal);
    END IF;
    v_hash := sha256(v_prev || int8send(v_seq) || int8send(v_recorded) || v_digest || convert_to(p_body, 'UTF8'));
    INSERT INTO audit_entry (chain, seq, recorded_us, body, subjects_digest, prev_hash, hash)
        VALUES (p_chain, v_seq, v_recorded, p_body, v_digest, v_prev, v_hash);
    UPDATE audit_head SET seq = v_seq, hash = v_hash WHERE chain = p_chain;
    RETURN v_seq;
END
$$;
REVOKE ALL ON FUNCTION audit_append(text, text, bytea[], bytea[], bytea[], text[]) FROM PUBLIC;
"""

KEEP_CHECKPOINT = """
CREATE FUNCTION audit_keep_checkpoint(p_chain text, p_seq bigint, p_statement text, p_signature bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
    INSERT INTO audit_checkpoint (chain, seq, statement, signature)
        SELECT p_chain, p_seq, p_statement, p_signature
        WHERE EXISTS (SELECT 1 FROM audit_entry WHERE chain = p_chain AND seq = p_seq)
        ON CONFLICT DO NOTHING;
$$;
REVOKE ALL ON FUNCTION audit_keep_checkpoint(text, bigint, text, bytea) FROM PUBLIC;
"""

# They stop the owner's own mistakes. A superuser can switch them off: what is done then, verification finds.
GUARDS = """
CREATE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
""" + "".join(
    f"""
CREATE TRIGGER {table}_unchanged BEFORE {events} ON {table} FOR EACH ROW {condition} EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER {table}_untruncated BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
    for table, events, condition in [
        ("audit_entry", "UPDATE OR DELETE", ""),
        ("audit_subject", "UPDATE OR DELETE", ""),
        ("audit_checkpoint", "UPDATE OR DELETE", ""),
        ("audit_head", "UPDATE", "WHEN (NEW.chain <> OLD.chain OR NEW.seq <> OLD.seq + 1)"),
    ]
) + """
CREATE TRIGGER audit_head_undeleted BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    """No way back: a log that a migration can drop is not append-only."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(TABLES + APPEND + KEEP_CHECKPOINT + GUARDS),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("pk", models.CompositePrimaryKey("chain", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                ("chain", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("recorded_us", models.BigIntegerField()),
                ("body", models.TextField()),
                ("subjects_digest", models.BinaryField()),
                ("prev_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
                ("event", models.TextField()),
                ("actor_id", models.TextField()),
                ("intent_id", models.TextField(null=True)),
            ],
            options={"db_table": "audit_entry", "ordering": ["chain", "seq"], "managed": False},
        ),
        migrations.CreateModel(
            name="AuditSubject",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain", "seq", "ordinal", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("chain", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("ordinal", models.IntegerField()),
                ("asked_hash", models.BinaryField()),
                ("current_hash", models.BinaryField(null=True)),
                ("sealed", models.BinaryField()),
                ("outcome", models.TextField(null=True)),
            ],
            options={"db_table": "audit_subject", "ordering": ["chain", "seq", "ordinal"], "managed": False},
        ),
        migrations.CreateModel(
            name="AuditCheckpoint",
            fields=[
                ("pk", models.CompositePrimaryKey("chain", "seq", blank=True, editable=False, primary_key=True, serialize=False)),
                ("chain", models.TextField()),
                ("seq", models.BigIntegerField()),
                ("statement", models.TextField()),
                ("signature", models.BinaryField()),
            ],
            options={"db_table": "audit_checkpoint", "ordering": ["chain", "seq"], "managed": False},
        ),
    ]

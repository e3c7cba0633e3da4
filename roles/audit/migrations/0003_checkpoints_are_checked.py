"""The database keeps only a checkpoint that is true of the log: what it cannot check is its signature."""

from django.db import migrations

# Nobody but the log's owner can take the lock of the table, so nobody but a second clock can keep a first one waiting.
KEEP_CHECKPOINT = """
CREATE OR REPLACE FUNCTION audit_keep_checkpoint(p_chain text, p_seq bigint, p_statement text, p_signature bytea)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET lock_timeout = '5s'
AS $$
DECLARE
    v_said jsonb;
    v_hash bytea;
BEGIN
    LOCK TABLE audit_checkpoint IN SHARE ROW EXCLUSIVE MODE;
    SELECT hash INTO v_hash FROM audit_entry WHERE chain = p_chain AND seq = p_seq;
    BEGIN
        v_said := p_statement::jsonb;
    EXCEPTION WHEN data_exception OR statement_too_complex THEN
        RAISE EXCEPTION 'the checkpoint says nothing that can be read' USING ERRCODE = 'check_violation';
    END;
    IF v_hash IS NULL
        OR v_said - ARRAY['key', 'signed_us']
            IS DISTINCT FROM jsonb_build_object('chain', p_chain, 'hash', encode(v_hash, 'hex'), 'seq', p_seq)
        OR coalesce(v_said ->> 'key', '') !~ '^[0-9a-f]{16}$'
        OR jsonb_typeof(v_said -> 'key') IS DISTINCT FROM 'string'
        OR coalesce(v_said ->> 'signed_us', '') !~ '^[0-9]{1,18}$'
        OR jsonb_typeof(v_said -> 'signed_us') IS DISTINCT FROM 'number'
        OR length(p_signature) IS DISTINCT FROM 64
    THEN
        RAISE EXCEPTION 'the checkpoint is not true of entry % of chain %', p_seq, p_chain
            USING ERRCODE = 'check_violation';
    END IF;
    -- What stands past the head was put there by force: verification names it, and it holds nothing up.
    IF EXISTS (
        SELECT FROM audit_checkpoint
        WHERE chain = p_chain AND seq >= p_seq AND seq <= (SELECT seq FROM audit_head WHERE chain = p_chain)
    ) THEN
        RAISE EXCEPTION 'chain % has a checkpoint as new as entry %', p_chain, p_seq USING ERRCODE = 'unique_violation';
    END IF;
    INSERT INTO audit_checkpoint (chain, seq, statement, signature) VALUES (p_chain, p_seq, p_statement, p_signature);
END
$$;
-- Less than a page may take altogether (fiksreg/patience.py), so that a page says that the log is busy.
ALTER FUNCTION audit_append(text, text, bytea[], bytea[], bytea[], text[]) SET lock_timeout = '4s';
REVOKE ALL ON FUNCTION audit_keep_checkpoint(text, bigint, text, bytea) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """The way back keeps the stricter function: the release before calls it in the same way."""

    dependencies = [("audit", "0002_changes")]
    operations = [migrations.RunSQL(KEEP_CHECKPOINT, migrations.RunSQL.noop)]

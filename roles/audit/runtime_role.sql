-- What is wrong with the role of this connection: one row per rule it breaks (roles/audit/checks.py names them).
-- A process may append to the audit log through its functions and at most read it, and has no way to do anything else.
WITH me AS (SELECT * FROM pg_roles WHERE rolname = current_user),
tables AS (
    SELECT oid, relowner FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
      AND relname IN ('audit_entry', 'audit_subject', 'audit_head', 'audit_checkpoint')
),
functions AS (
    SELECT oid, proname, proowner, prosecdef FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
      AND proname IN ('audit_append', 'audit_keep_checkpoint')
)
SELECT 'audit.E001' WHERE (SELECT count(*) FROM tables) < 4
    OR (SELECT count(*) FROM functions WHERE prosecdef) < 2
    OR NOT EXISTS (
        SELECT FROM functions WHERE proname = 'audit_append' AND has_function_privilege(oid, 'EXECUTE')
    )
UNION ALL
SELECT 'audit.E002' FROM me WHERE rolsuper OR rolcreaterole OR rolreplication
    OR pg_has_role('pg_execute_server_program', 'MEMBER')
    OR pg_has_role('pg_write_server_files', 'MEMBER')
    OR pg_has_role('pg_write_all_data', 'MEMBER')
UNION ALL
SELECT 'audit.E003' WHERE EXISTS (SELECT FROM tables WHERE pg_has_role(relowner, 'MEMBER'))
    OR EXISTS (SELECT FROM functions WHERE pg_has_role(proowner, 'MEMBER'))
    OR EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND pg_has_role(nspowner, 'MEMBER'))
    OR EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER'))
UNION ALL
SELECT 'audit.E004' WHERE EXISTS (
    SELECT FROM tables
    WHERE has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
       OR has_any_column_privilege(oid, 'INSERT, UPDATE, REFERENCES')
)
UNION ALL
SELECT 'audit.E005' WHERE has_schema_privilege('public', 'CREATE')
UNION ALL
SELECT 'audit.E006' WHERE (
    SELECT count(*) FROM pg_trigger JOIN tables ON tgrelid = tables.oid
    WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal
) < 9
UNION ALL
SELECT 'audit.E007' WHERE (
    SELECT count(*) FROM pg_attribute
    WHERE attrelid = to_regclass('public.audit_entry') AND attgenerated = 's'
      AND attname IN ('event', 'actor_id', 'intent_id')
) < 3

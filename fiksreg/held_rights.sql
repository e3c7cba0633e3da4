-- What the role of this connection may do: a row for each table (r i u d, and x for anything beyond) and each function.
SELECT relname::text,
    CASE WHEN has_any_column_privilege(oid, 'SELECT') THEN 'r' ELSE '' END
    || CASE WHEN has_any_column_privilege(oid, 'INSERT') THEN 'i' ELSE '' END
    || CASE WHEN has_any_column_privilege(oid, 'UPDATE') THEN 'u' ELSE '' END
    || CASE WHEN has_table_privilege(oid, 'DELETE') THEN 'd' ELSE '' END
    || CASE WHEN has_table_privilege(oid, 'TRUNCATE, TRIGGER') OR has_any_column_privilege(oid, 'REFERENCES')
            THEN 'x' ELSE '' END
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
UNION ALL
SELECT name, CASE WHEN coalesce(has_function_privilege(to_regprocedure('public.' || name), 'EXECUTE'), false)
                  THEN 'call' ELSE '' END
FROM unnest(%s::text[]) AS name

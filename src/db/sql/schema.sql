-- The schema itself.

-- name: table_names () -> (name text)
--@sqlite
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
--@postgres
SELECT c.relname::text FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')

-- name: schema_versions () -> (version int, name text, digest text)
SELECT version, name, digest FROM schema_version ORDER BY version

-- name: schema_version_add (version int, name text, digest text)
INSERT INTO schema_version (version, name, digest) VALUES ($1, $2, $3)

-- name: integrity () -> (text text)
--@sqlite
PRAGMA integrity_check(1)
--@postgres
SELECT 'ok'::text

-- name: foreign_key_faults () -> (name text)
--@sqlite
SELECT "table" FROM pragma_foreign_key_check
--@postgres
SELECT ''::text WHERE false

-- Does row-level security bind who is connected?
-- name: confined () -> (holds int)
--@sqlite
SELECT 1
--@postgres
SELECT (c.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
        AND NOT pg_has_role(c.relowner, 'MEMBER'))::int::bigint
FROM pg_roles r, pg_class c WHERE r.rolname = current_user AND c.oid = to_regclass('act')

-- name: guard_tables () -> (done int)
--@sqlite
SELECT 1
--@postgres
SELECT 1::bigint FROM guard_tables()

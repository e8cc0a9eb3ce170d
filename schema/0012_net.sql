-- A second net under the rights the program decides itself. SQLite has none in the schema: its
-- readers are watched while they compile (src/db/guard.c). In PostgreSQL a server connects as
-- `geci_server`, which owns nothing, and says in every transaction for which county it works and
-- whose rows its caller reaches; who says nothing sees nothing. See docs/adr/0056.

--@postgres
-- Puts the net over every table there is, and lets the role, where there is one, do what a server
-- does. Run after every migration, so that no later table is left out. The owner is not bound: who
-- migrates, verifies and backs up needs all counties.
CREATE FUNCTION guard_tables() RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    t record;
    of_county CONSTANT text := 'county = (SELECT current_setting(''geci.county'', true))';
    in_reach CONSTANT text :=
        'CASE (SELECT current_setting(''geci.reach'', true)) WHEN ''all'' THEN true '
        'WHEN ''subjects'' THEN subject = ANY ((SELECT current_setting(''geci.subjects'', true)::bigint[])::bigint[]) '
        'WHEN ''locality'' THEN subject IN (SELECT s.subject FROM subject_now s '
        'WHERE s.county = (SELECT current_setting(''geci.county'', true)) '
        'AND starts_with(s.locality, (SELECT current_setting(''geci.locality'', true)))) ELSE false END';
    served CONSTANT boolean := EXISTS (SELECT FROM pg_roles WHERE rolname = 'geci_server');
BEGIN
    IF served THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO geci_server', current_schema());
    END IF;
    FOR t IN SELECT c.relname AS name, c.relrowsecurity AS on_guard,
                 EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'county') AS of_one,
                 EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid
                         AND g.tgname = c.relname || '_append_only') AS append
             FROM pg_class c
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    LOOP
        IF NOT t.on_guard THEN
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.name);
            IF t.name = 'county' THEN -- which counties there are is asked before one is chosen
                EXECUTE 'CREATE POLICY of_all ON county FOR SELECT USING (true)';
                EXECUTE format('CREATE POLICY of_county ON county FOR INSERT WITH CHECK (%s)', of_county);
            ELSIF t.of_one THEN
                EXECUTE format('CREATE POLICY of_county ON %I USING (%s) WITH CHECK (%s)', t.name, of_county, of_county);
            ELSE
                EXECUTE format('CREATE POLICY of_all ON %I FOR SELECT USING (true)', t.name);
            END IF;
            IF t.name IN ('line', 'mark', 'policy_told') THEN -- whose cases are seen, case types say
                EXECUTE format('CREATE POLICY in_reach ON %I AS RESTRICTIVE FOR SELECT USING (%s)', t.name, in_reach);
            END IF;
        END IF;
        IF served THEN
            EXECUTE format('GRANT SELECT%s ON %I TO geci_server',
                CASE WHEN NOT t.of_one THEN '' WHEN t.append THEN ', INSERT'
                     ELSE ', INSERT, UPDATE, DELETE' END, t.name);
        END IF;
    END LOOP;
END
$body$;
REVOKE EXECUTE ON FUNCTION guard_tables() FROM PUBLIC;
--@both

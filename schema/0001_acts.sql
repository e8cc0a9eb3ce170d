-- Acts: everything that changes the store is an act of somebody, and every row of a sealed table is
-- the n-th row that its act wrote there. The act's own row holds a digest of them (seals) and the
-- hash of the act before it, so that a row changed, added or taken away behind the program's back
-- is found, and a chain rewritten whole is found by anyone who kept a head. See src/audit/README.md.

--@postgres
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% is append only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END
$body$;
--@both

CREATE TABLE act (
    county @text NOT NULL,
    act @int NOT NULL CHECK (act > 0),      -- 1, 2, 3 .. within the county: a gap is a loss
    at_us @int NOT NULL,                    -- microseconds since 1970-01-01 UTC
    actor @text NOT NULL,                   -- account, or the name of a program's part
    verb @text NOT NULL,                    -- what was done: import.facts, run.publish ..
    object @text NOT NULL,                  -- what it was done to
    body @text NOT NULL,                    -- JSON: the rest, in words of the verb
    seals @text NOT NULL,                   -- `table rows digest` a line, by name of the table
    hash_by @int NOT NULL CHECK (hash_by IN (1, 2)), -- 1 SM3 (GB/T 32905), 2 SHA-256
    prev @blob NOT NULL,                    -- hash of the act before; of act 1: 32 zero bytes
    hash @blob NOT NULL,
    PRIMARY KEY (county, act)
) @strict;
--@append act

-- The last act of each county: what the next one follows. Derived from act.
CREATE TABLE act_head (
    county @text NOT NULL PRIMARY KEY,
    act @int NOT NULL,
    hash @blob NOT NULL,
    hash_by @int NOT NULL CHECK (hash_by IN (1, 2)) -- of the next one
) @strict;

-- What a county is called and how its acts are hashed: the last row holds.
CREATE TABLE county (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    name @text NOT NULL CHECK (name <> ''),
    hash_by @int NOT NULL CHECK (hash_by IN (1, 2)),
    PRIMARY KEY (county, act, n)
) @strict;
--@append county
--@seal county county act n name hash_by

-- Heads signed by the system's key. A signature says: at this time the chain up to act `head` had
-- this hash. Its text is in src/audit/anchor.h.
CREATE TABLE act_signed (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    head @int NOT NULL CHECK (head > 0),    -- an earlier act
    at_us @int NOT NULL,
    hash_by @int NOT NULL CHECK (hash_by IN (1, 2)),
    hash @blob NOT NULL,
    key @blob NOT NULL,                     -- Ed25519 public key
    signature @blob NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
--@append act_signed
--@seal act_signed county act n head at_us hash_by hash key signature

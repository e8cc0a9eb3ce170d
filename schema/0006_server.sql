-- What the server remembers for its own work: answers given to a key, jobs under way, files that
-- came and wait to be used. None of it is evidence (acts are), and it may be swept.

-- The answer to a request that carried an Idempotency-Key, so that asking again does nothing twice.
CREATE TABLE answer_kept (
    county @text NOT NULL,
    account @int NOT NULL,
    name @text NOT NULL,                    -- the key, as sent
    at_us @int NOT NULL,
    request @blob NOT NULL,                 -- keyed digest of method, path, query and body
    body @text NOT NULL,
    PRIMARY KEY (county, account, name)
) @strict;
CREATE INDEX answer_kept_at ON answer_kept (at_us);
--@unsealed answer_kept

-- Work that outlives its request: what was asked, by whom, how far it is. Its number is that of the
-- act that asked for it; what it changes, it does in an act of its own.
CREATE TABLE job (
    county @text NOT NULL,
    job @int NOT NULL,
    kind @text NOT NULL CONSTRAINT job_kind CHECK (kind IN ('export', 'import', 'bank')),
    about @text NOT NULL,                   -- the kind of subjects
    account @int NOT NULL,
    actor @text NOT NULL,
    state @int NOT NULL CONSTRAINT job_state CHECK (state BETWEEN 1 AND 5),
    stop @int NOT NULL,                     -- 1: somebody wants it cancelled
    n @int NOT NULL,                        -- rows it went over
    message @text NOT NULL,                 -- why it failed
    message_en @text NOT NULL,
    input @int NOT NULL,                    -- the upload it is about; 0: none
    title @text NOT NULL,                   -- its name
    ask @text NOT NULL,                     -- JSON
    outcome @text NOT NULL,                 -- JSON, or empty
    media @text NOT NULL,                   -- of its result; empty: there is none
    file @text NOT NULL,
    asked_us @int NOT NULL,
    begun_us @int,
    ended_us @int,
    PRIMARY KEY (county, job)
) @strict;
CREATE INDEX job_account ON job (county, account, job);
CREATE INDEX job_waiting ON job (county, state, job);
--@unsealed job

-- The file that a job made, gone some days later.
CREATE TABLE job_piece (
    county @text NOT NULL,
    job @int NOT NULL,
    piece @int NOT NULL,
    bytes @blob NOT NULL,
    PRIMARY KEY (county, job, piece)
) @heap;
--@unsealed job_piece

-- Files as they came, private to who sent them, until they are used or some days have passed. Their
-- number is that of the act which brought them; two of the same bytes share the pieces.
CREATE TABLE upload (
    county @text NOT NULL,
    upload @int NOT NULL,
    account @int NOT NULL,
    kind @text NOT NULL,                    -- what it is for: a kind of subjects
    name @text NOT NULL,                    -- of the file, where it came from
    hash @blob NOT NULL,
    bytes @int NOT NULL,
    at_us @int NOT NULL,
    PRIMARY KEY (county, upload)
) @strict;
CREATE INDEX upload_account ON upload (county, account, upload);
CREATE INDEX upload_hash ON upload (county, hash);
--@unsealed upload

CREATE TABLE upload_piece (
    county @text NOT NULL,
    hash @blob NOT NULL,
    piece @int NOT NULL,
    bytes @blob NOT NULL,
    PRIMARY KEY (county, hash, piece)
) @heap;
--@unsealed upload_piece

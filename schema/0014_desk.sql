-- Batch matching: a round over the needs of a kind and the supply of another. What was found for each
-- need is a content; who gets whom follows from it, the limits and the locks, and is kept as a content
-- once somebody proposes it. Nothing is changed: limits and locks are added, the last of each holds.

CREATE TABLE pairing (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL CHECK (number > 0), -- 1, 2, 3 .. within the county
    title @text NOT NULL,
    kind @text NOT NULL CHECK (kind <> ''), -- of the needs
    other @text NOT NULL CHECK (other <> ''), -- of the supply
    chosen @text NOT NULL,                  -- the condition that the needs met, or empty
    pairs @blob NOT NULL,                   -- content: the best for each need, with scores
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number)
) @strict;
--@append pairing
--@seal pairing county act n number title kind other chosen pairs

CREATE TABLE pairing_limit (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    each @int NOT NULL CHECK (each BETWEEN 1 AND 64), -- pairs of a need, at most
    places @int NOT NULL CHECK (places BETWEEN 0 AND 65535), -- of one of the supply, at most
    split @int NOT NULL CHECK (split BETWEEN 0 AND 2), -- groups: none, by locality, by chain
    floor @int NOT NULL CHECK (floor >= 0), -- pairs of a group, at least, as far as it has them
    own @text NOT NULL,                     -- other floors: 320582100=3;320582101=1
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX pairing_limit_of ON pairing_limit (county, number);
--@append pairing_limit
--@seal pairing_limit county act n number each places split floor own

CREATE TABLE pairing_lock (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    need @text NOT NULL,                    -- identities
    answer @text NOT NULL,
    lock @int NOT NULL CHECK (lock BETWEEN 0 AND 2), -- free, in, out
    why @text NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX pairing_lock_of ON pairing_lock (county, number);
--@append pairing_lock
--@seal pairing_lock county act n number need answer lock why

CREATE TABLE pairing_step (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 3), -- proposed, published, given up
    result @blob,                           -- content: the pairs, of what was proposed or published
    why @text NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX pairing_step_of ON pairing_step (county, number);
--@append pairing_step
--@seal pairing_step county act n number state result why

-- Subjects that are one. From this act on what was reported of `subject` is of `into` as well, and it
-- is no subject by itself any more; `into` 0: it is again.
CREATE TABLE subject_twin (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    subject @int NOT NULL CHECK (subject > 0),
    into_subject @int NOT NULL CHECK (into_subject >= 0 AND into_subject <> subject),
    why @text NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX subject_twin_of ON subject_twin (county, subject, act);
CREATE INDEX subject_twin_into ON subject_twin (county, into_subject, act);
--@append subject_twin
--@seal subject_twin county act n subject into_subject why

-- Jobs of any kind: the program knows which there are.
--@sqlite
ALTER TABLE job RENAME TO job_before;
DROP INDEX job_account;
DROP INDEX job_waiting;
CREATE TABLE job (
    county @text NOT NULL,
    job @int NOT NULL,
    kind @text NOT NULL,
    about @text NOT NULL,
    account @int NOT NULL,
    actor @text NOT NULL,
    state @int NOT NULL CONSTRAINT job_state CHECK (state BETWEEN 1 AND 5),
    stop @int NOT NULL,
    n @int NOT NULL,
    message @text NOT NULL,
    message_en @text NOT NULL,
    input @int NOT NULL,
    title @text NOT NULL,
    ask @text NOT NULL,
    outcome @text NOT NULL,
    media @text NOT NULL,
    file @text NOT NULL,
    asked_us @int NOT NULL,
    begun_us @int,
    ended_us @int,
    PRIMARY KEY (county, job)
) @strict;
INSERT INTO job SELECT * FROM job_before;
DROP TABLE job_before;
CREATE INDEX job_account ON job (county, account, job);
CREATE INDEX job_waiting ON job (county, state, job);
--@postgres
ALTER TABLE job DROP CONSTRAINT job_kind;
--@both

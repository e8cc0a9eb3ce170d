-- Runs: rules and facts brought together on a day, and the way of the outcome to the public. What
-- was computed is kept whole and never changes; a step further is a row. See src/run/README.md.

CREATE TABLE run (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    run @int NOT NULL CHECK (run > 0),      -- 1, 2, 3 .. within the county
    title @text NOT NULL CHECK (title <> ''),
    kind @text NOT NULL,                    -- of subjects
    rules @blob NOT NULL,                   -- content: the rule document
    day @int NOT NULL,                      -- of evaluation
    period @int NOT NULL,                   -- the year evaluated
    replaces @int NOT NULL CHECK (replaces >= 0 AND replaces < run), -- the run it corrects, or 0
    PRIMARY KEY (county, act, n),
    UNIQUE (county, run)
) @strict;
--@append run
--@seal run county act n run title kind rules day period replaces

CREATE TABLE run_computed (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    run @int NOT NULL,
    snapshot @blob NOT NULL,                -- content: the facts
    results @blob NOT NULL,                 -- content: every item of every subject, CSV
    receipts @blob NOT NULL,                -- root over the receipts
    subjects @int NOT NULL CHECK (subjects >= 0),
    until_act @int NOT NULL,                -- facts as known after this act
    engine @text NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, run)                    -- once computed, for good
) @strict;
--@append run_computed
--@seal run_computed county act n run snapshot results receipts subjects until_act engine

-- The state entered by each step; every state once.
CREATE TABLE run_step (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    run @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 8), -- enum run_state
    why @text NOT NULL,
    first_day @int,                         -- of a public notice
    last_day @int,
    calendar @blob,                         -- content: the working days it was counted by
    PRIMARY KEY (county, act, n),
    UNIQUE (county, run, state)
) @strict;
--@append run_step
--@seal run_step county act n run state why first_day last_day calendar

CREATE TABLE receipt (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,                        -- row of the results
    run @int NOT NULL,
    identity @text NOT NULL,
    hash @blob NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, run, identity)
) @strict;
--@append receipt
--@seal receipt county act n run identity hash

CREATE TABLE appeal (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    appeal @int NOT NULL CHECK (appeal > 0), -- 1, 2, 3 .. within the county
    run @int NOT NULL,
    identity @text NOT NULL,
    text @text NOT NULL CHECK (text <> ''),
    PRIMARY KEY (county, act, n),
    UNIQUE (county, appeal)
) @strict;
CREATE INDEX appeal_run ON appeal (county, run);
--@append appeal
--@seal appeal county act n appeal run identity text

CREATE TABLE appeal_decided (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    appeal @int NOT NULL,
    upheld @int NOT NULL CHECK (upheld IN (0, 1)),
    why @text NOT NULL CHECK (why <> ''),
    PRIMARY KEY (county, act, n),
    UNIQUE (county, appeal)                 -- once
) @strict;
--@append appeal_decided
--@seal appeal_decided county act n appeal upheld why

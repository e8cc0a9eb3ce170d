-- Rule documents on their way into force: who wrote, who looked, who published. A text is a
-- content and never changes; another wording is another entry.

CREATE TABLE rulebook (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    entry @int NOT NULL CHECK (entry > 0),  -- 1, 2, 3 .. within the county
    name @text NOT NULL CHECK (name <> ''),
    version @text NOT NULL,
    kind @text NOT NULL,                    -- of the subjects it is about; empty: it has none
    hash @blob NOT NULL,                    -- content: the document
    PRIMARY KEY (county, act, n),
    UNIQUE (county, entry)
) @strict;
--@append rulebook
--@seal rulebook county act n entry name version kind hash

-- The state entered by each step; every state once.
CREATE TABLE rulebook_step (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    entry @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 4), -- enum rulebook_state
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, entry, state)
) @strict;
--@append rulebook_step
--@seal rulebook_step county act n entry state why

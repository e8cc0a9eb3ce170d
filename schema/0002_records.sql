-- Records: who there is, what was reported of them, and what became of the reports. A report is a
-- table as it came: its columns once, then a line for each subject. Nothing here is changed or
-- deleted; a later report supersedes. See src/record/README.md.

-- Contents by their SHA-256: files as they were sent, documents, snapshots. In pieces of 1 MiB, so
-- that no row is large; what a piece should be is told by the hash of the whole.
CREATE TABLE content (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    hash @blob NOT NULL,
    bytes @int NOT NULL CHECK (bytes >= 0),
    media @text NOT NULL,                   -- text/csv, text/markdown ..
    PRIMARY KEY (county, act, n),
    UNIQUE (county, hash)
) @strict;
--@append content
--@seal content county act n hash bytes media

CREATE TABLE content_piece (
    county @text NOT NULL,
    hash @blob NOT NULL,
    piece @int NOT NULL CHECK (piece >= 0),
    bytes @blob NOT NULL,
    PRIMARY KEY (county, hash, piece)
) @heap;
--@append content_piece
--@pieces content_piece content

-- The documents of kinds in force: the last of each name.
CREATE TABLE kind (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    kind @text NOT NULL,
    hash @blob NOT NULL,                    -- of its content
    PRIMARY KEY (county, act, n)
) @strict;
--@append kind
--@seal kind county act n kind hash

CREATE TABLE subject (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    subject @int NOT NULL CHECK (subject > 0), -- 1, 2, 3 .. within the county
    kind @text NOT NULL,
    identity @text NOT NULL CHECK (identity <> ''),
    PRIMARY KEY (county, act, n),
    UNIQUE (county, subject),
    UNIQUE (county, kind, identity)
) @strict;
--@append subject
--@seal subject county act n subject kind identity

CREATE TABLE report (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    kind @text NOT NULL,
    day @int NOT NULL,                      -- facts without a period hold from this day on
    source @text NOT NULL,                  -- the system or the paper it came from
    reporter @text NOT NULL,                -- who answers for it; the actor only brought it
    evidence @blob,                         -- a content
    file @blob,                             -- the content it was read from
    columns @text NOT NULL,                 -- names as in the head of a data file, by tabs
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX report_file ON report (county, file);
--@append report
--@seal report county act n kind day source reporter evidence file columns

CREATE TABLE line (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    report @int NOT NULL,                   -- n of the report, of the same act
    subject @int NOT NULL,
    at @int NOT NULL,                       -- line of the file; 0: there is none
    body @text NOT NULL,                    -- a value for each column, by tabs; empty: nothing said
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX line_subject ON line (county, subject);
--@append line
--@seal line county act n report subject at body

-- What somebody found out about a line, or about one column of it.
CREATE TABLE mark (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    of_act @int NOT NULL,
    of_n @int NOT NULL,
    subject @int NOT NULL,
    field @text NOT NULL,                   -- a column of the report; empty: the whole line
    verdict @int NOT NULL CHECK (verdict IN (1, 2)), -- 1 verified, 2 returned
    why @text NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX mark_of ON mark (county, of_act, of_n);
CREATE INDEX mark_subject ON mark (county, subject);
--@append mark
--@seal mark county act n of_act of_n subject field verdict why

-- Facts as they stood, kept for a run.
CREATE TABLE snapshot (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    kind @text NOT NULL,
    day @int NOT NULL,                      -- facts without a period hold on this day
    until_act @int NOT NULL,                -- what was known after this act
    subjects @int NOT NULL,
    hash @blob NOT NULL,                    -- of its content
    PRIMARY KEY (county, act, n)
) @strict;
--@append snapshot
--@seal snapshot county act n kind day until_act subjects hash

-- Derived from lines and marks: how each subject stands today.
CREATE TABLE subject_now (
    county @text NOT NULL,
    subject @int NOT NULL,
    kind @text NOT NULL,
    identity @text NOT NULL,
    name @text NOT NULL,
    former @text NOT NULL,
    locality @text NOT NULL,
    chain @text NOT NULL,
    standing @text NOT NULL,
    PRIMARY KEY (county, subject)
) @strict;

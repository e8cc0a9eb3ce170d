-- Cases: what is done step by step under a case type (`## 事项` of a rule document), by whom, and
-- what each step brought about. Nothing is changed: a step further is a row. See src/flow/README.md.

CREATE TABLE flow_case (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL CHECK (number > 0), -- 1, 2, 3 .. within the county
    rules @blob NOT NULL,                   -- content: the document it was opened under
    type @text NOT NULL CHECK (type <> ''), -- the case type in it
    subject @int NOT NULL CHECK (subject > 0),
    year @int NOT NULL,
    once @text NOT NULL,                    -- what a subject has once a year; else its number
    title @text NOT NULL,
    parent @int NOT NULL CHECK (parent >= 0 AND parent < number), -- the case that opened it, or 0
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number),
    CONSTRAINT flow_case_once UNIQUE (county, subject, year, once)
) @strict;
CREATE INDEX flow_case_parent ON flow_case (county, parent) WHERE parent > 0;
--@append flow_case
--@seal flow_case county act n number rules type subject year once title parent

-- Each entry of its history: a step taken, the first half of one that two people take, or what was
-- saved of the form.
CREATE TABLE flow_step (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL CHECK (seq > 0),      -- 1, 2, 3 .. within the case
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 4), -- enum flow_entry
    step @text NOT NULL,
    state @text NOT NULL CHECK (state <> ''), -- in which it is now
    ended @int NOT NULL CHECK (ended IN (0, 1)),
    shown @int NOT NULL CHECK (shown IN (0, 1)), -- to the public
    takes @int NOT NULL,                    -- reviews, bids, opening: a bit each
    waits @int NOT NULL,                    -- who is waited for: a bit for each role
    timed @int NOT NULL CHECK (timed IN (0, 1)), -- the system goes on when the term is over
    due @int,                               -- last day of the term
    calendar @blob,                         -- content: the working days it was counted by
    basis @blob,                            -- content: form and facts that a decision stood on
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number, seq)
) @strict;
--@append flow_step
--@seal flow_step county act n number seq kind step state ended shown takes waits timed due calendar basis why

CREATE TABLE flow_field (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,
    field @text NOT NULL,
    value @text NOT NULL,                   -- as data is written; the last holds, empty takes it back
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number, field, seq)
) @strict;
--@append flow_field
--@seal flow_field county act n number seq field value

CREATE TABLE flow_paper (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,                      -- how far the case was
    paper @text NOT NULL,
    file @text NOT NULL,
    hash @blob NOT NULL,                    -- content
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX flow_paper_of ON flow_paper (county, number);
--@append flow_paper
--@seal flow_paper county act n number seq paper file hash

-- What was told, and what was given to somebody to do, by a step: to a bit for each role, and to
-- the subject.
CREATE TABLE flow_told (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,
    task @int NOT NULL CHECK (task IN (0, 1)),
    who @int NOT NULL CHECK (who > 0),
    PRIMARY KEY (county, act, n)
) @strict;
CREATE INDEX flow_told_of ON flow_told (county, number);
--@append flow_told
--@seal flow_told county act n number seq task who

-- Public notice of a case.
CREATE TABLE flow_notice (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,
    first_day @int NOT NULL,
    last_day @int NOT NULL,
    calendar @blob,                         -- content; NULL: counted in calendar days
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number, seq),
    CHECK (last_day >= first_day)
) @strict;
--@append flow_notice
--@seal flow_notice county act n number seq first_day last_day calendar

-- Operations of the ledger that steps brought about.
CREATE TABLE flow_money (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,
    kind @int NOT NULL,                     -- enum ledger_kind
    op @int NOT NULL,                       -- of the ledger
    about @int NOT NULL,                    -- the operation it goes on from, or 0
    stage @int NOT NULL,                    -- of instalments; 0: all
    amount @int NOT NULL,                   -- fen
    PRIMARY KEY (county, act, n),
    UNIQUE (county, op)
) @strict;
CREATE INDEX flow_money_of ON flow_money (county, number);
--@append flow_money
--@seal flow_money county act n number seq kind op about stage amount

-- A bid is sealed: until the opening nobody, whoever runs the store included, can read more of it
-- than a digest of what is in it.
CREATE TABLE flow_bid (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    bid @int NOT NULL CHECK (bid > 0),      -- 1, 2, 3 .. within the case
    subject @int NOT NULL,                  -- who bids
    seal @blob NOT NULL,                    -- SHA-256 of price, text and a secret word
    PRIMARY KEY (county, act, n),
    UNIQUE (county, number, bid),
    CONSTRAINT flow_bid_once UNIQUE (county, number, subject)
) @strict;
--@append flow_bid
--@seal flow_bid county act n number bid subject seal

CREATE TABLE flow_bid_open (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    bid @int NOT NULL,
    price @int NOT NULL CHECK (price >= 0), -- fen
    text @text NOT NULL,
    secret @text NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT flow_bid_opened_once UNIQUE (county, number, bid)
) @strict;
--@append flow_bid_open
--@seal flow_bid_open county act n number bid price text secret

CREATE TABLE flow_review (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    number @int NOT NULL,
    bid @int NOT NULL CHECK (bid >= 0),     -- 0: of the case
    account @int NOT NULL,
    low @int NOT NULL,                      -- 1/10000
    high @int NOT NULL,
    text @text NOT NULL CHECK (text <> ''),
    PRIMARY KEY (county, act, n),
    CONSTRAINT flow_review_once UNIQUE (county, number, bid, account),
    CHECK (low >= 0 AND low <= high)
) @strict;
--@append flow_review
--@seal flow_review county act n number bid account low high text

-- How each case stands: the last of its entries, derived in the same transaction.
CREATE TABLE flow_now (
    county @text NOT NULL,
    number @int NOT NULL,
    seq @int NOT NULL,
    subject @int NOT NULL,
    type @text NOT NULL,
    state @text NOT NULL,
    ended @int NOT NULL,
    shown @int NOT NULL,
    waits @int NOT NULL,
    timed @int NOT NULL,
    due @int NOT NULL,                      -- 2932896 (9999-12-31): none
    PRIMARY KEY (county, number)
) @strict;
CREATE INDEX flow_now_subject ON flow_now (county, subject);
CREATE INDEX flow_now_due ON flow_now (county, due) WHERE ended = 0;

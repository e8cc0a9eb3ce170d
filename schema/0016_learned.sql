-- What was learned from matches, for answers of a kind: match/sense.h, kept as a content. It follows
-- from what was said before its act, from the texts of that day and from the seed; the newest is in force.

CREATE TABLE match_learned (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    kind @text NOT NULL CHECK (kind <> ''), -- of the answers
    model @blob NOT NULL,                   -- content
    weight @int NOT NULL CHECK (weight BETWEEN 1 AND 1000), -- beside the words, hundredths
    asked @int NOT NULL CHECK (asked > 0),  -- who asked, among what it was learned from
    pairs @int NOT NULL CHECK (pairs > 0),  -- that were judged
    more @int NOT NULL, -- held-out gain over what was in force, millionths of MRR at 10,
    low @int NOT NULL CHECK (low > 0), -- and its lower end: above nothing, or it is not adopted
    high @int NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
--@append match_learned
--@seal match_learned county act n kind model weight asked pairs more low high

-- Who was told that a policy applies to them, by an act of the office. Nobody is told of the same
-- policy twice.

CREATE TABLE policy_told (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    policy @text NOT NULL CHECK (policy <> ''), -- its code, or its name where it has none, as in the ledger
    name @text NOT NULL,
    subject @int NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, policy, subject)
) @strict;
--@append policy_told
--@seal policy_told county act n policy name subject
CREATE INDEX policy_told_of ON policy_told (county, subject, act);

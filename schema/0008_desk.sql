-- What people keep on their own desks: questions they ask again, and how far they have read. None of
-- it is evidence. What a notice tells stands in the tables of what happened; see sql/desk.sql.

CREATE TABLE view_kept (
    county @text NOT NULL,
    account @int NOT NULL,
    view @int NOT NULL,                     -- the act that kept it
    kind @text NOT NULL,                    -- of subjects
    title @text NOT NULL CHECK (title <> ''),
    query @text NOT NULL,                   -- a JSON object, for the client
    at_us @int NOT NULL,
    PRIMARY KEY (county, account, view)
) @strict;
--@unsealed view_kept

CREATE TABLE notice_seen (
    county @text NOT NULL,
    account @int NOT NULL,
    act @int NOT NULL,                      -- notices up to this act have been seen
    PRIMARY KEY (county, account)
) @strict;
--@unsealed notice_seen

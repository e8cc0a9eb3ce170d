-- What the server remembers for its own work: answers given to a key, jobs under way. None of it is
-- evidence (acts are), and it may be swept.

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

-- Webhooks: who is told when something happens, and what became of the telling. Where it goes and
-- what was said to whom last is no evidence; that somebody let it be told is.

CREATE TABLE hook (
    county @text NOT NULL,
    act @int NOT NULL,                      -- also its number
    n @int NOT NULL,
    title @text NOT NULL CHECK (title <> ''),
    host @text NOT NULL,                    -- of its address, which may hold a secret
    form @int NOT NULL CHECK (form BETWEEN 1 AND 4), -- 1 JSON, 2 DingTalk, 3 WeCom, 4 Feishu
    events @text NOT NULL,                  -- verbs, or their first words, by commas
    sensitive @int NOT NULL CHECK (sensitive IN (0, 1)), -- it may be told sensitive values
    mark @blob NOT NULL,                    -- keyed digest of its address
    PRIMARY KEY (county, act, n)
) @strict;
--@append hook
--@seal hook county act n title host form events sensitive mark

CREATE TABLE hook_end (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    hook @int NOT NULL,
    PRIMARY KEY (county, act, n),
    UNIQUE (county, hook)
) @strict;
--@append hook_end
--@seal hook_end county act n hook

-- The address, sealed with the server's key; it counts only with the mark above.
CREATE TABLE hook_address (
    county @text NOT NULL,
    hook @int NOT NULL,
    sealed @blob NOT NULL,
    PRIMARY KEY (county, hook)
) @strict;
--@unsealed hook_address

-- Acts up to this one were looked at for it.
CREATE TABLE hook_seen (
    county @text NOT NULL,
    hook @int NOT NULL,
    act @int NOT NULL,
    PRIMARY KEY (county, hook)
) @strict;
--@unsealed hook_seen

CREATE TABLE hook_delivery (
    county @text NOT NULL,
    hook @int NOT NULL,
    act @int NOT NULL,                      -- that is told of
    state @int NOT NULL CHECK (state BETWEEN 1 AND 3), -- 1 waits, 2 delivered, 3 given up
    tries @int NOT NULL,
    due_us @int NOT NULL,                   -- the next try, of one that waits
    at_us @int NOT NULL,                    -- the last try, or when it was queued
    status @int NOT NULL,                   -- HTTP, 0: there was no answer
    ended @int NOT NULL,                    -- enum outside_end
    PRIMARY KEY (county, hook, act)
) @strict;
CREATE INDEX hook_delivery_due ON hook_delivery (county, state, due_us);
--@unsealed hook_delivery

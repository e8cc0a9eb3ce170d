-- Views that others see as well: the team of who kept it, or, locked, the bureau and every town.

CREATE TABLE view_shared (
    county @text NOT NULL,
    view @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 2), -- the team, locked
    team @text NOT NULL,                    -- see access_team()
    PRIMARY KEY (county, view)
) @strict;
--@unsealed view_shared

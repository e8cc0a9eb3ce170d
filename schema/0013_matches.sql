-- What became of what was proposed: somebody who was shown a match says what came of it. A pair may
-- have several; the last holds. Learning reads them (match/sense.h), the next ranking the contracts.

CREATE TABLE match_said (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    asker @int NOT NULL CHECK (asker >= 0), -- the subject that was asked for; 0: a case
    number @int NOT NULL CHECK (number >= 0), -- the case; 0: a subject
    house @text NOT NULL,                   -- whose need it is: kind and identity
    answer @int NOT NULL CHECK (answer > 0), -- the subject that was proposed
    said @int NOT NULL CHECK (said BETWEEN 1 AND 4), -- accepted, contacted, contracted, refused
    place @int NOT NULL CHECK (place >= 0), -- in the list it was taken from, from 1; 0: not said
    score @int NOT NULL,                    -- it had there
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    CHECK ((asker > 0) <> (number > 0))
) @strict;
--@append match_said
--@seal match_said county act n asker number house answer said place score why
CREATE INDEX match_said_of ON match_said (county, asker, number, answer, act);
CREATE INDEX match_said_house ON match_said (county, house, said);

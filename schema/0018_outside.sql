-- What an outside model was asked and what it said (api/rerank): a content with the model's name, the
-- digests of question, texts and answer, and a figure for each text; no text. The last asking holds.

CREATE TABLE match_model (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    asker @int NOT NULL CHECK (asker >= 0),   -- the subject that was asked for; 0: a case
    number @int NOT NULL CHECK (number >= 0), -- the case; 0: a subject
    kind @text NOT NULL CHECK (kind <> ''),   -- of the answers
    place @text NOT NULL,                     -- who asked sees this town; '': all
    ended @int NOT NULL CHECK (ended BETWEEN 1 AND 4), -- answered, late, wrong, away
    sent @int NOT NULL CHECK (sent > 0),      -- texts
    content @blob NOT NULL,
    PRIMARY KEY (county, act, n),
    CHECK ((asker > 0) <> (number > 0))
) @strict;
--@append match_model
--@seal match_model county act n asker number kind place ended sent content
CREATE INDEX match_model_of ON match_model (county, asker, number, kind, place, act);

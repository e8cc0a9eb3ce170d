-- Two subjects that look alike, and that somebody found to be two.
CREATE TABLE subject_apart (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    subject @int NOT NULL CHECK (subject > 0),
    other @int NOT NULL CHECK (other > subject),
    why @text NOT NULL,
    PRIMARY KEY (county, act, n)
) @strict;
--@append subject_apart
--@seal subject_apart county act n subject other why

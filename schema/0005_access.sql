-- Access: accounts and what they may, and the secrets they prove themselves by. Who was given what,
-- by whom and until when is sealed like everything else; the last row of its kind holds. Secrets
-- must be replaceable and must never leave in an export, so they stand in `credential`, which is
-- not sealed: a sealed row holds a keyed digest of each, so that one exchanged behind the program's
-- back opens nothing. Sessions and login budgets come and go. See docs/adr/0030.

CREATE TABLE account (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL CHECK (account > 0), -- 1, 2, 3 .. within the county
    name @text NOT NULL CHECK (name <> ''), -- to log in with, and to sign acts
    title @text NOT NULL,                   -- whose it is, in words
    side @int NOT NULL CHECK (side BETWEEN 1 AND 12), -- enum side, for good
    locality @text NOT NULL,                -- of a town
    subject @int,                           -- whose own account it is
    organisation @text NOT NULL,            -- of a bank
    PRIMARY KEY (county, act, n),
    UNIQUE (county, account),
    UNIQUE (county, name),
    UNIQUE (county, account, side),
    FOREIGN KEY (county, subject) REFERENCES subject (county, subject),
    CONSTRAINT account_town_has_locality CHECK ((side = 2) = (locality <> '')),
    CONSTRAINT account_bank_has_organisation CHECK ((side = 7) = (organisation <> '')),
    CONSTRAINT account_subject_has_subject
        CHECK ((side IN (3, 4, 5) AND subject IS NOT NULL) OR side = 6 OR (side NOT IN (3, 4, 5, 6) AND subject IS NULL))
) @strict;
CREATE INDEX account_subject ON account (county, subject) WHERE subject IS NOT NULL;
CREATE INDEX account_organisation ON account (county, organisation) WHERE organisation <> '';
--@append account
--@seal account county act n account name title side locality subject organisation

-- Whoever is on one side never gets a role of another: the three admins exclude one another and
-- everybody else.
CREATE TABLE account_role (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL,
    side @int NOT NULL,
    role @int NOT NULL,                     -- enum role
    given @int NOT NULL CHECK (given IN (0, 1)), -- 0: taken away
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account, side) REFERENCES account (county, account, side),
    CONSTRAINT role_of_its_side CHECK ((side = 1 AND role BETWEEN 1 AND 4) OR (side = 2 AND role = 5)
        OR (side = 3 AND role = 6) OR (side = 4 AND role = 7) OR (side = 5 AND role = 8)
        OR (side = 6 AND role IN (9, 11)) OR (side = 7 AND role = 10) OR (side = 8 AND role = 12)
        OR (side = 9 AND role = 13) OR (side = 10 AND role = 14) OR (side = 11 AND role = 15)
        OR (side = 12 AND role = 16))
) @strict;
CREATE INDEX account_role_of ON account_role (county, account, role, act, n);
--@append account_role
--@seal account_role county act n account side role given

CREATE TABLE account_state (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 3), -- enum account_state
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
CREATE INDEX account_state_of ON account_state (county, account, act, n);
--@append account_state
--@seal account_state county act n account state why

-- A role lent to a colleague of the same side; its number is act * 1048576 + n. No admin lends.
CREATE TABLE delegation (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    lender @int NOT NULL,
    borrower @int NOT NULL,
    side @int NOT NULL,
    role @int NOT NULL,
    first_day @int NOT NULL,
    last_day @int NOT NULL,
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, lender, side) REFERENCES account (county, account, side),
    FOREIGN KEY (county, borrower, side) REFERENCES account (county, account, side),
    CONSTRAINT delegation_to_another CHECK (lender <> borrower),
    CONSTRAINT delegation_not_of_admins CHECK (side < 10 AND role < 14),
    CONSTRAINT delegation_ends CHECK (last_day >= first_day AND last_day - first_day <= 366)
) @strict;
CREATE INDEX delegation_borrower ON delegation (county, borrower);
CREATE INDEX delegation_lender ON delegation (county, lender);
--@append delegation
--@seal delegation county act n lender borrower side role first_day last_day why

CREATE TABLE delegation_end (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    delegation @int NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT delegation_ends_once UNIQUE (county, delegation)
) @strict;
--@append delegation_end
--@seal delegation_end county act n delegation

-- What an enterprise lets a bank or fund see: which fields, for what, until when.
CREATE TABLE consent (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    subject @int NOT NULL,
    organisation @text NOT NULL CHECK (organisation <> ''),
    purpose @text NOT NULL CHECK (purpose <> ''),
    fields @text NOT NULL CHECK (fields <> ''), -- a name a line, by name
    until_us @int NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, subject) REFERENCES subject (county, subject)
) @strict;
CREATE INDEX consent_organisation ON consent (county, organisation, subject);
CREATE INDEX consent_subject ON consent (county, subject);
--@append consent
--@seal consent county act n subject organisation purpose fields until_us

CREATE TABLE consent_end (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    consent @int NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT consent_ends_once UNIQUE (county, consent)
) @strict;
--@append consent_end
--@seal consent_end county act n consent

-- What a judge or an expert is to judge.
CREATE TABLE assignment (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    account @int NOT NULL,
    side @int NOT NULL CHECK (side = 6),
    subject @int NOT NULL,
    task @text NOT NULL,
    last_day @int NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account, side) REFERENCES account (county, account, side),
    FOREIGN KEY (county, subject) REFERENCES subject (county, subject)
) @strict;
CREATE INDEX assignment_account ON assignment (county, account);
--@append assignment
--@seal assignment county act n account side subject task last_day

CREATE TABLE assignment_end (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    assignment @int NOT NULL,
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT assignment_ends_once UNIQUE (county, assignment)
) @strict;
--@append assignment_end
--@seal assignment_end county act n assignment why

-- What ties a judge or an expert to a subject; of each kind the last row holds.
CREATE TABLE tie (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL,
    subject @int NOT NULL,
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 5), -- enum tie_kind
    last_day @int,                          -- NULL: it still ties
    why @text NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account) REFERENCES account (county, account),
    FOREIGN KEY (county, subject) REFERENCES subject (county, subject)
) @strict;
CREATE INDEX tie_of ON tie (county, account, subject);
--@append tie
--@seal tie county act n account subject kind last_day why

CREATE TABLE api_token (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    account @int NOT NULL,
    title @text NOT NULL CHECK (title <> ''),
    scopes @int NOT NULL CHECK (scopes BETWEEN 1 AND 511), -- enum token_scope
    until_us @int NOT NULL,
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
CREATE INDEX api_token_account ON api_token (county, account);
--@append api_token
--@seal api_token county act n account title scopes until_us

CREATE TABLE api_token_end (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    token @int NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT api_token_ends_once UNIQUE (county, token)
) @strict;
--@append api_token_end
--@seal api_token_end county act n token

-- An account of somebody whom another house vouches for (OpenID Connect).
CREATE TABLE account_oidc (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL,
    issuer @text NOT NULL CHECK (issuer <> ''),
    person @text NOT NULL CHECK (person <> ''), -- `sub` of the ID token
    PRIMARY KEY (county, act, n),
    UNIQUE (county, issuer, person),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
--@append account_oidc
--@seal account_oidc county act n account issuer person

-- Which credentials there should be; of each (account, kind, no) the last row holds.
CREATE TABLE credential_set (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    account @int NOT NULL,
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 5), -- enum credential_kind
    no @int NOT NULL,
    mark @blob NOT NULL,                    -- keyed digest of the secret; empty: taken away
    PRIMARY KEY (county, act, n),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
CREATE INDEX credential_set_of ON credential_set (county, account, kind, no, act, n);
--@append credential_set
--@seal credential_set county act n account kind no mark

-- Class C5: never exported, never logged, not sealed.
CREATE TABLE credential (
    county @text NOT NULL,
    account @int NOT NULL,
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 5),
    no @int NOT NULL,                       -- of a recovery code 1 .. 10, the number of a token; or 0
    secret @blob NOT NULL,                  -- hash, or sealed with the server's key
    must_change @int NOT NULL CHECK (must_change IN (0, 1)), -- a password somebody else knows
    used @int NOT NULL,                     -- the last time step of a TOTP, the last day of a token
    PRIMARY KEY (county, account, kind, no),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
--@unsealed credential
CREATE UNIQUE INDEX credential_token ON credential (county, secret) WHERE kind = 4;

CREATE TABLE session (
    county @text NOT NULL,
    session @int NOT NULL,                  -- the act of the login
    account @int NOT NULL,
    hash @blob NOT NULL,                    -- keyed digest of what the cookie holds
    roles @int NOT NULL,                    -- those it makes use of, ROLE_BIT each
    made_us @int NOT NULL,
    seen_us @int NOT NULL,
    step_us @int NOT NULL,                  -- when its owner last proved who they are
    until_us @int NOT NULL,
    source @text NOT NULL,                  -- address it was made from
    agent @text NOT NULL,                   -- what the browser said of itself
    PRIMARY KEY (county, session),
    UNIQUE (county, hash),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
--@unsealed session
CREATE INDEX session_account ON session (county, account);

-- Tries that are left, by name, address and for all: full again at full_us.
CREATE TABLE login_budget (
    county @text NOT NULL,
    holder @text NOT NULL,
    full_us @int NOT NULL,
    PRIMARY KEY (county, holder)
) @strict;
--@unsealed login_budget
CREATE INDEX login_budget_full ON login_budget (county, full_us);

-- Addresses an account has been logged in from: a stranger's tries do not lock its owner out there.
CREATE TABLE login_known (
    county @text NOT NULL,
    account @int NOT NULL,
    source @text NOT NULL,
    at_us @int NOT NULL,
    PRIMARY KEY (county, account, source),
    FOREIGN KEY (county, account) REFERENCES account (county, account)
) @strict;
--@unsealed login_known

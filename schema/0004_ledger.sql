-- Ledger: points and money. An operation is what somebody asked for, with the reason; transfers are
-- what it moved, from one account (debit) to another (credit), and are never changed: what was
-- wrong is moved back by an operation that says so. Points are in 1/10000, money in fen.
-- The number of a row is act * 1048576 + n. See src/ledger/README.md.

CREATE TABLE ledger_account (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 10), -- enum ledger_account_kind
    owner @text NOT NULL,                   -- a subject; of budgets and pools a level of government
    line @text NOT NULL,                    -- a budget line or a policy
    year @int NOT NULL,                     -- 0: of no year
    parent @int,                            -- of a pool the budget that fills it
    PRIMARY KEY (county, act, n),
    UNIQUE (county, kind, owner, line, year),
    CONSTRAINT ledger_pool_has_budget CHECK (kind <> 2 OR parent IS NOT NULL)
) @strict;
--@append ledger_account
--@seal ledger_account county act n kind owner line year parent

CREATE TABLE ledger_op (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    kind @int NOT NULL CHECK (kind BETWEEN 1 AND 28), -- enum ledger_kind
    client @text NOT NULL CHECK (client <> ''), -- given by whoever asks: asked twice, done once
    digest @blob NOT NULL,                  -- of all that was asked
    day @int NOT NULL,                      -- business day
    who @text NOT NULL CHECK (who <> ''),
    subject @text NOT NULL,
    policy @text NOT NULL,
    year @int NOT NULL,
    level @text NOT NULL,
    item @text NOT NULL,                    -- what is rewarded once only
    grp @text NOT NULL,                     -- the group whose cap it counted against
    amount @int NOT NULL CHECK (amount >= 0),
    extra @int NOT NULL,                    -- by kind: ledger.h
    about @int NOT NULL CHECK (about >= 0), -- the operation it goes on from; 0: none
    decision @text NOT NULL,                -- number of the document that decides
    note @text NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT ledger_has_decision CHECK (kind NOT IN (12, 13, 14, 23) OR decision <> '')
) @strict;
CREATE UNIQUE INDEX ledger_op_client ON ledger_op (county, client);
CREATE UNIQUE INDEX ledger_op_reversed ON ledger_op (county, about) WHERE kind = 25;
CREATE INDEX ledger_op_rule ON ledger_op (county, policy, year, kind, day) WHERE kind IN (5, 7);
CREATE INDEX ledger_op_cap ON ledger_op (county, policy, year, grp) WHERE kind = 6;
CREATE INDEX ledger_op_subject ON ledger_op (county, subject);
CREATE INDEX ledger_op_about ON ledger_op (county, about, kind);
--@append ledger_op
--@seal ledger_op county act n kind client digest day who subject policy year level item grp amount extra about decision note

CREATE TABLE ledger_transfer (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL CHECK (n BETWEEN 0 AND 1048575),
    op_n @int NOT NULL,                     -- n of its operation, of the same act
    phase @int NOT NULL CHECK (phase BETWEEN 1 AND 5), -- 1 at once 2 reserve 3 post 4 void 5 lapse
    debit @int NOT NULL,                    -- the account that gives
    credit @int NOT NULL,                   -- the account that gets
    amount @int NOT NULL,
    held @int NOT NULL,                     -- 3, 4, 5: what had been reserved
    ends @int,                              -- 3, 4, 5: the transfer that reserved it
    from_day @int NOT NULL,                 -- 2: not posted before; 0: at any time
    PRIMARY KEY (county, act, n),
    CONSTRAINT ledger_amount_positive CHECK (amount > 0),
    CONSTRAINT ledger_two_accounts CHECK (debit <> credit),
    CONSTRAINT ledger_phases CHECK ((phase >= 3) = (ends IS NOT NULL)),
    CONSTRAINT ledger_days_of_reserved CHECK (from_day = 0 OR phase = 2),
    CONSTRAINT ledger_posts_what_is_held
        CHECK ((phase < 3 AND held = 0) OR (phase = 3 AND held >= amount) OR (phase > 3 AND held = amount))
) @strict;
CREATE UNIQUE INDEX ledger_transfer_ends ON ledger_transfer (county, ends) WHERE ends IS NOT NULL;
CREATE INDEX ledger_transfer_op ON ledger_transfer (county, act, op_n);
CREATE INDEX ledger_transfer_debit ON ledger_transfer (county, debit);
CREATE INDEX ledger_transfer_credit ON ledger_transfer (county, credit);
--@append ledger_transfer
--@seal ledger_transfer county act n op_n phase debit credit amount held ends from_day

-- What an operation stands on: where the points or the claim come from.
CREATE TABLE ledger_basis (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    op_n @int NOT NULL,
    receipt @text NOT NULL CHECK (receipt <> ''),
    rules @text NOT NULL,                   -- hash of the rule document
    snapshot @text NOT NULL,                -- hash of the facts
    evidence @text NOT NULL,                -- hashes of evidence, by blanks
    PRIMARY KEY (county, act, n)
) @strict;
CREATE UNIQUE INDEX ledger_basis_op ON ledger_basis (county, act, op_n);
--@append ledger_basis
--@seal ledger_basis county act n op_n receipt rules snapshot evidence

-- Where a payment is to go; each version has its own row.
CREATE TABLE ledger_payee (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    payment @int NOT NULL,                  -- the operation that requested it
    version @int NOT NULL CHECK (version > 0),
    name @text NOT NULL CHECK (name <> ''),
    bank @text NOT NULL,
    bank_account @text NOT NULL CHECK (bank_account <> ''),
    PRIMARY KEY (county, act, n),
    UNIQUE (county, payment, version)
) @strict;
--@append ledger_payee
--@seal ledger_payee county act n payment version name bank bank_account

CREATE TABLE ledger_approval (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    payment @int NOT NULL,
    version @int NOT NULL,
    who @text NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT ledger_approves_once UNIQUE (county, payment, version, who)
) @strict;
--@append ledger_approval
--@seal ledger_approval county act n payment version who

-- The lines of a file for the bank.
CREATE TABLE ledger_batch_line (
    county @text NOT NULL,
    act @int NOT NULL,
    n @int NOT NULL,
    payment @int NOT NULL,
    version @int NOT NULL,
    PRIMARY KEY (county, act, n),
    CONSTRAINT ledger_sent_once UNIQUE (county, payment)
) @strict;
--@append ledger_batch_line
--@seal ledger_batch_line county act n payment version

-- Derived, in the same transaction: `geci ledger verify` makes all of it again and compares.

CREATE TABLE ledger_balance (
    county @text NOT NULL,
    account @int NOT NULL,
    kind @int NOT NULL,
    posted @int NOT NULL,                   -- credits less debits
    pending @int NOT NULL,                  -- reserved, to go out
    PRIMARY KEY (county, account),
    CONSTRAINT ledger_pending_not_negative CHECK (pending >= 0),
    CONSTRAINT ledger_available_not_negative CHECK (kind >= 9 OR posted >= pending)
) @strict;

CREATE TABLE ledger_held (                  -- open reservations
    county @text NOT NULL,
    op @int NOT NULL,
    part @int NOT NULL,                     -- 1, 2 .. of the operation
    transfer @int NOT NULL,
    debit @int NOT NULL,
    credit @int NOT NULL,
    amount @int NOT NULL CHECK (amount > 0),
    from_day @int NOT NULL,                 -- may be posted from this day
    until_day @int NOT NULL,                -- until and on this day; then it lapses
    PRIMARY KEY (county, op, part)
) @strict;

CREATE TABLE ledger_use (                   -- what counts against caps
    county @text NOT NULL,
    policy @text NOT NULL,
    year @int NOT NULL,
    scope @int NOT NULL CHECK (scope IN (1, 2)), -- 1 a subject, 2 a group
    holder @text NOT NULL,
    used @int NOT NULL,
    most @int,                              -- NULL: no cap
    PRIMARY KEY (county, policy, year, scope, holder),
    CONSTRAINT ledger_used_not_negative CHECK (used >= 0),
    CONSTRAINT ledger_within_cap CHECK (most IS NULL OR used <= most)
) @strict;

CREATE TABLE ledger_once (
    county @text NOT NULL,
    item @text NOT NULL,
    subject @text NOT NULL,
    year @int NOT NULL,
    op @int NOT NULL,
    parts @int NOT NULL CHECK (parts > 0),  -- of the operation that stand
    CONSTRAINT ledger_only_once PRIMARY KEY (county, item, subject, year)
) @strict;

CREATE TABLE ledger_group (
    county @text NOT NULL,
    subject @text NOT NULL,
    grp @text NOT NULL,
    PRIMARY KEY (county, subject)
) @strict;

CREATE TABLE ledger_due (                   -- posted, to be paid
    county @text NOT NULL,
    op @int NOT NULL,
    amount @int NOT NULL,
    open @int NOT NULL,                     -- not yet requested for payment
    PRIMARY KEY (county, op),
    CONSTRAINT ledger_due_within CHECK (open >= 0 AND open <= amount)
) @strict;

CREATE TABLE ledger_payment (
    county @text NOT NULL,
    payment @int NOT NULL,
    state @int NOT NULL CHECK (state BETWEEN 1 AND 6), -- enum ledger_state
    version @int NOT NULL,
    approvals @int NOT NULL,
    maker @text NOT NULL,
    amount @int NOT NULL,
    claimed @int NOT NULL,                  -- by clawbacks
    PRIMARY KEY (county, payment),
    CONSTRAINT ledger_two_approvers CHECK (approvals BETWEEN 0 AND 2),
    CONSTRAINT ledger_approved_by_two CHECK (state IN (1, 6) OR approvals = 2),
    CONSTRAINT ledger_claimed_within CHECK (claimed >= 0 AND claimed <= amount)
) @strict;
CREATE INDEX ledger_payment_state ON ledger_payment (county, state) WHERE state IN (1, 2);

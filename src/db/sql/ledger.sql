-- The ledger: src/ledger. Numbers of operations, transfers and accounts are act * 1048576 + n.

-- name: ledger_account_find (county text, kind int, owner text, line text, year int) -> (account int, parent int?, posted int, pending int)
SELECT b.account, a.parent, b.posted, b.pending
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 AND a.kind = $2 AND a.owner = $3 AND a.line = $4 AND a.year = $5

-- name: ledger_account_get (county text, act int, n int, account int) -> (kind int, owner text, line text, year int, parent int?, posted int, pending int)
SELECT a.kind, a.owner, a.line, a.year, a.parent, b.posted, b.pending
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = $4
WHERE a.county = $1 AND a.act = $2 AND a.n = $3

-- name: ledger_account_add (county text, act int, n int, kind int, owner text, line text, year int, parent int?)
INSERT INTO ledger_account (county, act, n, kind, owner, line, year, parent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ledger_account_all (county text) -> (account int, kind int, owner text, line text, year int, posted int, pending int)
SELECT b.account, a.kind, a.owner, a.line, a.year, b.posted, b.pending
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 ORDER BY a.kind, a.year, a.line, a.owner

-- Of nobody in particular: budgets, pools and what is at the bank.
-- name: ledger_account_office (county text) -> (kind int, owner text, line text, year int, posted int, pending int)
SELECT a.kind, a.owner, a.line, a.year, b.posted, b.pending
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 AND a.kind IN (1, 2, 4) ORDER BY a.kind, a.year, a.line, a.owner

-- Budgets and pools, what a pool was given by its budget, and the rate of its points on a day.
-- name: ledger_fund_all (county text, day int) -> (kind int, owner text, line text, year int, posted int, pending int, account int, parent int, from_line text, from_year int, given int, low int, high int)
SELECT a.kind, a.owner, a.line, a.year, b.posted, b.pending, b.account, coalesce(a.parent, 0), coalesce(p.line, ''), coalesce(p.year, 0),
    CAST(coalesce((SELECT sum(t.amount) FROM ledger_transfer t
                   WHERE t.county = a.county AND t.debit = a.parent AND t.credit = b.account), 0)
       - coalesce((SELECT sum(t.amount) FROM ledger_transfer t
                   WHERE t.county = a.county AND t.debit = b.account AND t.credit = a.parent), 0) AS @int),
    coalesce((SELECT o.amount FROM ledger_op o
              WHERE o.county = a.county AND o.kind = 5 AND o.kind IN (5, 7) AND a.kind = 2 AND o.policy = a.line AND o.year = a.year AND o.day <= $2
              ORDER BY o.day DESC, o.act DESC, o.n DESC LIMIT 1), 0),
    coalesce((SELECT o.extra FROM ledger_op o
              WHERE o.county = a.county AND o.kind = 5 AND o.kind IN (5, 7) AND a.kind = 2 AND o.policy = a.line AND o.year = a.year AND o.day <= $2
              ORDER BY o.day DESC, o.act DESC, o.n DESC LIMIT 1), 0)
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
LEFT JOIN ledger_account p ON p.county = a.county AND p.act = a.parent / 1048576 AND p.n = a.parent % 1048576
WHERE a.county = $1 AND a.kind IN (1, 2) ORDER BY a.kind, a.year, a.line, a.owner

-- Owed and not asked to be paid (1), reserved (2), to come back (3). One operation may hold up to 24 parts: stages, or levels
-- that go together.
-- name: ledger_open_page (county text, what int, subject text, after int, most int) -> (what int, op int, part int, stage int, subject text, policy text, year int, amount int, still_open int, from_day int, until_day int, decision text)
SELECT what, op, part, stage, subject, policy, year, amount, still_open, from_day, until_day, decision FROM (
    SELECT 1 AS what, d.op AS op, 0 AS part, 0 AS stage, o.subject AS subject, o.policy AS policy, o.year AS year, d.amount AS amount,
        d.open AS still_open, 0 AS from_day, 0 AS until_day, o.decision AS decision
    FROM ledger_due d JOIN ledger_op o ON o.county = d.county AND o.act = d.op / 1048576 AND o.n = d.op % 1048576
    WHERE d.county = $1 AND d.open > 0
    UNION ALL
    SELECT CASE o.kind WHEN 23 THEN 3 ELSE 2 END, h.op, h.part, CASE o.kind WHEN 13 THEN h.part ELSE 0 END, o.subject, o.policy, o.year, o.amount, h.amount, h.from_day, h.until_day, o.decision
    FROM ledger_held h JOIN ledger_op o ON o.county = h.county AND o.act = h.op / 1048576 AND o.n = h.op % 1048576
    WHERE h.county = $1 AND o.kind IN (13, 14, 23)) AS x
WHERE ($2 = 0 OR what = $2) AND ($3 = '' OR subject = $3) AND op * 32 + part > $4 ORDER BY op, part LIMIT $5

-- name: ledger_account_of (county text, owner text) -> (kind int, owner text, line text, year int, posted int, pending int)
SELECT a.kind, a.owner, a.line, a.year, b.posted, b.pending
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 AND a.kind IN (3, 5, 6, 7, 8) AND a.owner = $2 ORDER BY a.kind, a.year, a.line

-- name: ledger_balance_add (county text, account int, kind int)
INSERT INTO ledger_balance (county, account, kind, posted, pending) VALUES ($1, $2, $3, 0, 0)

-- name: ledger_balance_move (county text, account int, posted int, pending int) one
UPDATE ledger_balance SET posted = posted + $3, pending = pending + $4 WHERE county = $1 AND account = $2

-- name: ledger_op_find (county text, client text) -> (act int, n int, digest blob, amount int)
SELECT act, n, digest, amount FROM ledger_op WHERE county = $1 AND client = $2

-- name: ledger_op_get (county text, act int, n int) -> (kind int, client text, day int, who text, subject text, policy text, year int, level text, item text, grp text, amount int, extra int, about int, decision text, note text)
SELECT kind, client, day, who, subject, policy, year, level, item, grp, amount, extra, about, decision, note
FROM ledger_op WHERE county = $1 AND act = $2 AND n = $3

-- name: ledger_op_add (county text, act int, n int, kind int, client text, digest blob, day int, who text, subject text, policy text, year int, level text, item text, grp text, amount int, extra int, about int, decision text, note text)
INSERT INTO ledger_op (county, act, n, kind, client, digest, day, who, subject, policy, year, level, item, grp, amount, extra, about, decision, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)

-- name: ledger_op_about (county text, about int, kind int) -> (op int)
SELECT act * 1048576 + n FROM ledger_op WHERE county = $1 AND about = $2 AND kind = $3 ORDER BY act, n

-- name: ledger_rule_last (county text, kind int, policy text, year int, grp text, day int) -> (amount int, extra int, day int, decision text, op int)
SELECT amount, extra, day, decision, act * 1048576 + n FROM ledger_op o
WHERE county = $1 AND kind = $2 AND kind IN (5, 7) AND policy = $3 AND year = $4 AND grp = $5 AND day <= $6
ORDER BY day DESC, act DESC, n DESC LIMIT 1

-- name: ledger_cap_last (county text, policy text, year int, grp text) -> (amount int)
SELECT amount FROM ledger_op
WHERE county = $1 AND kind = 6 AND policy = $2 AND year = $3 AND grp = $4
ORDER BY act DESC, n DESC LIMIT 1

-- name: ledger_transfer_add (county text, act int, n int, op_n int, phase int, debit int, credit int, amount int, held int, ends int?, from_day int)
INSERT INTO ledger_transfer (county, act, n, op_n, phase, debit, credit, amount, held, ends, from_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: ledger_transfer_of (county text, act int, op_n int) -> (n int, phase int, debit int, credit int, amount int, debit_kind int, credit_kind int)
SELECT t.n, t.phase, t.debit, t.credit, t.amount, d.kind, c.kind
FROM ledger_transfer t
JOIN ledger_balance d ON d.county = t.county AND d.account = t.debit
JOIN ledger_balance c ON c.county = t.county AND c.account = t.credit
WHERE t.county = $1 AND t.act = $2 AND t.op_n = $3 ORDER BY t.n

-- name: ledger_basis_add (county text, act int, n int, op_n int, receipt text, rules text, snapshot text, evidence text)
INSERT INTO ledger_basis (county, act, n, op_n, receipt, rules, snapshot, evidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ledger_basis_get (county text, act int, op_n int) -> (receipt text, rules text, snapshot text, evidence text)
SELECT receipt, rules, snapshot, evidence FROM ledger_basis WHERE county = $1 AND act = $2 AND op_n = $3

-- name: ledger_basis_points (county text, subject text, policy text, year int, kind int) -> (op int, amount int, receipt text, rules text, snapshot text, evidence text)
SELECT o.act * 1048576 + o.n, o.amount, b.receipt, b.rules, b.snapshot, b.evidence
FROM ledger_op o JOIN ledger_basis b ON b.county = o.county AND b.act = o.act AND b.op_n = o.n
WHERE o.county = $1 AND o.subject = $2 AND o.policy = $3 AND o.year = $4 AND o.kind = $5
  AND NOT EXISTS (SELECT 1 FROM ledger_op r WHERE r.county = o.county AND r.about = o.act * 1048576 + o.n AND r.kind = 25)
ORDER BY o.act, o.n

-- name: ledger_payee_add (county text, act int, n int, payment int, version int, name text, bank text, bank_account text)
INSERT INTO ledger_payee (county, act, n, payment, version, name, bank, bank_account)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: ledger_payee_get (county text, payment int, version int) -> (name text, bank text, bank_account text)
SELECT name, bank, bank_account FROM ledger_payee WHERE county = $1 AND payment = $2 AND version = $3

-- name: ledger_approval_add (county text, act int, n int, payment int, version int, who text)
INSERT INTO ledger_approval (county, act, n, payment, version, who) VALUES ($1, $2, $3, $4, $5, $6)

-- name: ledger_approval_all (county text, payment int, version int) -> (who text, act int, at_us int)
SELECT p.who, p.act, coalesce(a.at_us, 0)
FROM ledger_approval p LEFT JOIN act a ON a.county = p.county AND a.act = p.act
WHERE p.county = $1 AND p.payment = $2 AND p.version = $3 ORDER BY p.act, p.n

-- name: ledger_batch_line_add (county text, act int, n int, payment int, version int)
INSERT INTO ledger_batch_line (county, act, n, payment, version) VALUES ($1, $2, $3, $4, $5)

-- name: ledger_batch_lines (county text, act int) -> (payment int, version int, amount int, subject text, name text, bank text, bank_account text)
SELECT l.payment, l.version, p.amount, o.subject, e.name, e.bank, e.bank_account
FROM ledger_batch_line l
JOIN ledger_payment p ON p.county = l.county AND p.payment = l.payment
JOIN ledger_op o ON o.county = l.county AND o.act = l.payment / 1048576 AND o.n = l.payment % 1048576
JOIN ledger_payee e ON e.county = l.county AND e.payment = l.payment AND e.version = l.version
WHERE l.county = $1 AND l.act = $2 ORDER BY l.n

-- name: ledger_batch_of (county text, payment int) -> (act int, n int)
SELECT act, n FROM ledger_batch_line WHERE county = $1 AND payment = $2

-- name: ledger_held_add (county text, op int, part int, transfer int, debit int, credit int, amount int, from_day int, until_day int)
INSERT INTO ledger_held (county, op, part, transfer, debit, credit, amount, from_day, until_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: ledger_held_of (county text, op int) -> (part int, transfer int, debit int, credit int, amount int, from_day int, until_day int)
SELECT part, transfer, debit, credit, amount, from_day, until_day FROM ledger_held
WHERE county = $1 AND op = $2 ORDER BY part

-- name: ledger_held_past (county text, day int) -> (op int)
SELECT DISTINCT op FROM ledger_held WHERE county = $1 AND until_day < $2 ORDER BY op

-- name: ledger_held_end (county text, op int, part int) one
DELETE FROM ledger_held WHERE county = $1 AND op = $2 AND part = $3

-- name: ledger_use_get (county text, policy text, year int, scope int, holder text) -> (used int, most int?)
SELECT used, most FROM ledger_use WHERE county = $1 AND policy = $2 AND year = $3 AND scope = $4 AND holder = $5

-- name: ledger_use_add (county text, policy text, year int, scope int, holder text, used int, most int?)
INSERT INTO ledger_use (county, policy, year, scope, holder, used, most) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: ledger_use_move (county text, policy text, year int, scope int, holder text, used int) one
UPDATE ledger_use SET used = used + $6
WHERE county = $1 AND policy = $2 AND year = $3 AND scope = $4 AND holder = $5

-- name: ledger_use_over (county text, policy text, year int, scope int, holder text, most int) -> (holder text, used int)
SELECT holder, used FROM ledger_use
WHERE county = $1 AND policy = $2 AND year = $3 AND scope = $4 AND (scope = 1 OR holder = $5) AND used > $6
ORDER BY used DESC, holder LIMIT 1

-- name: ledger_use_cap (county text, policy text, year int, scope int, holder text, most int)
UPDATE ledger_use SET most = $6
WHERE county = $1 AND policy = $2 AND year = $3 AND scope = $4 AND (scope = 1 OR holder = $5)

-- name: ledger_use_all (county text, subject text) -> (policy text, year int, used int, most int?)
SELECT policy, year, used, most FROM ledger_use WHERE county = $1 AND scope = 1 AND holder = $2 ORDER BY policy, year

-- name: ledger_once_get (county text, item text, subject text, year int) -> (op int)
SELECT op FROM ledger_once WHERE county = $1 AND item = $2 AND subject = $3 AND year = $4

-- name: ledger_once_add (county text, item text, subject text, year int, op int, parts int)
INSERT INTO ledger_once (county, item, subject, year, op, parts) VALUES ($1, $2, $3, $4, $5, $6)

-- In this order: free when no part of the operation is left, otherwise fewer of them.
-- name: ledger_once_end (county text, item text, subject text, year int, parts int)
DELETE FROM ledger_once WHERE county = $1 AND item = $2 AND subject = $3 AND year = $4 AND parts <= $5

-- name: ledger_once_less (county text, item text, subject text, year int, parts int)
UPDATE ledger_once SET parts = parts - $5
WHERE county = $1 AND item = $2 AND subject = $3 AND year = $4 AND parts > $5

-- name: ledger_group_get (county text, subject text) -> (grp text)
SELECT grp FROM ledger_group WHERE county = $1 AND subject = $2

-- name: ledger_group_set (county text, subject text, grp text)
INSERT INTO ledger_group (county, subject, grp) VALUES ($1, $2, $3)
ON CONFLICT (county, subject) DO UPDATE SET grp = excluded.grp

-- name: ledger_due_add (county text, op int, amount int)
INSERT INTO ledger_due (county, op, amount, open) VALUES ($1, $2, $3, $3)

-- name: ledger_due_get (county text, op int) -> (amount int, open int)
SELECT amount, open FROM ledger_due WHERE county = $1 AND op = $2

-- name: ledger_due_move (county text, op int, open int) one
UPDATE ledger_due SET open = open + $3 WHERE county = $1 AND op = $2

-- name: ledger_due_end (county text, op int) one
DELETE FROM ledger_due WHERE county = $1 AND op = $2 AND open = amount

-- name: ledger_due_all (county text) -> (op int, subject text, policy text, year int, amount int, open int)
SELECT d.op, o.subject, o.policy, o.year, d.amount, d.open
FROM ledger_due d JOIN ledger_op o ON o.county = d.county AND o.act = d.op / 1048576 AND o.n = d.op % 1048576
WHERE d.county = $1 AND d.open > 0 ORDER BY d.op

-- name: ledger_payment_add (county text, payment int, maker text, amount int)
INSERT INTO ledger_payment (county, payment, state, version, approvals, maker, amount, claimed)
VALUES ($1, $2, 1, 1, 0, $3, $4, 0)

-- name: ledger_payment_get (county text, payment int) -> (state int, version int, approvals int, maker text, amount int, claimed int)
SELECT state, version, approvals, maker, amount, claimed FROM ledger_payment WHERE county = $1 AND payment = $2

-- One statement decides: whoever comes second finds the row changed.
-- name: ledger_payment_approve (county text, payment int, version int, who text) one
UPDATE ledger_payment SET approvals = approvals + 1, state = CASE approvals WHEN 1 THEN 2 ELSE 1 END
WHERE county = $1 AND payment = $2 AND version = $3 AND maker <> $4 AND state = 1 AND approvals < 2
  AND NOT EXISTS (SELECT 1 FROM ledger_approval a
                  WHERE a.county = $1 AND a.payment = $2 AND a.version = $3 AND a.who = $4)

-- name: ledger_payment_amend (county text, payment int, version int) one
UPDATE ledger_payment SET version = version + 1, approvals = 0
WHERE county = $1 AND payment = $2 AND version = $3 AND state = 1

-- name: ledger_payment_state (county text, payment int, was int, state int) one
UPDATE ledger_payment SET state = $4 WHERE county = $1 AND payment = $2 AND state = $3

-- name: ledger_payment_claim (county text, payment int, claimed int) one
UPDATE ledger_payment SET claimed = claimed + $3 WHERE county = $1 AND payment = $2 AND state = 4

-- name: ledger_payment_all (county text) -> (payment int, state int, version int, approvals int, maker text, amount int, claimed int, subject text, policy text, year int)
SELECT p.payment, p.state, p.version, p.approvals, p.maker, p.amount, p.claimed, o.subject, o.policy, o.year
FROM ledger_payment p
JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
WHERE p.county = $1 ORDER BY p.payment

-- In order, from after one of them; state 0: of all.
-- name: ledger_payment_page (county text, state int, year int, after int, most int) -> (payment int, state int, version int, approvals int, maker text, amount int, claimed int, subject text, payee text, policy text, year int)
SELECT p.payment, p.state, p.version, p.approvals, p.maker, p.amount, p.claimed, o.subject, y.name, o.policy, o.year
FROM ledger_payment p
JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
JOIN ledger_payee y ON y.county = p.county AND y.payment = p.payment AND y.version = p.version
WHERE p.county = $1 AND ($2 = 0 OR p.state = $2) AND ($3 = 0 OR o.year = $3) AND p.payment > $4
ORDER BY p.payment LIMIT $5

-- name: ledger_payment_sums (county text, subject text) -> (state int, amount int, claimed int)
SELECT p.state, CAST(sum(p.amount) AS @int), CAST(sum(p.claimed) AS @int)
FROM ledger_op o JOIN ledger_payment p ON p.county = o.county AND p.payment = o.act * 1048576 + o.n
WHERE o.county = $1 AND o.subject = $2 AND o.kind = 18 GROUP BY p.state ORDER BY p.state

-- name: ledger_payment_ready (county text) -> (payment int, version int, amount int)
SELECT payment, version, amount FROM ledger_payment
WHERE county = $1 AND state = 2 AND state IN (1, 2) ORDER BY payment

-- name: ledger_statement (county text, owner text) -> (act int, n int, phase int, kind int, op_n int, day int, policy text, year int, decision text, note text, who text, amount int, held int, debit_kind int, credit_kind int, debit_year int, credit_year int, debit_owner text, receipt text)
SELECT t.act, t.n, t.phase, o.kind, t.op_n, o.day, o.policy, o.year, o.decision, o.note, o.who, t.amount, t.held, d.kind, c.kind, d.year, c.year, d.owner, COALESCE(b.receipt, '')
FROM ledger_transfer t
JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
LEFT JOIN ledger_basis b ON b.county = t.county AND b.act = t.act AND b.op_n = t.op_n
JOIN ledger_account d ON d.county = t.county AND d.act = t.debit / 1048576 AND d.n = t.debit % 1048576
JOIN ledger_account c ON c.county = t.county AND c.act = t.credit / 1048576 AND c.n = t.credit % 1048576
WHERE t.county = $1 AND o.subject = $2 AND (d.owner = $2 OR c.owner = $2) ORDER BY t.act, t.n

-- What must hold; each row that comes is a fault: of what, what it should be, what it is.

-- name: ledger_check_sum (county text) -> (id int, want int, have int)
SELECT CASE WHEN kind IN (6, 7, 8, 10) THEN 2 ELSE 1 END, 0, CAST(sum(posted) AS @int)
FROM ledger_balance WHERE county = $1
GROUP BY CASE WHEN kind IN (6, 7, 8, 10) THEN 2 ELSE 1 END HAVING sum(posted) <> 0

-- name: ledger_check_posted (county text) -> (id int, want int, have int) stream
SELECT b.account, CAST(coalesce(m.posted, 0) AS @int), b.posted
FROM ledger_balance b LEFT JOIN (
    SELECT account, sum(posted) AS posted FROM (
        SELECT debit AS account, -amount AS posted FROM ledger_transfer WHERE county = $1 AND phase IN (1, 3)
        UNION ALL
        SELECT credit, amount FROM ledger_transfer WHERE county = $1 AND phase IN (1, 3)) AS x
    GROUP BY account) AS m ON m.account = b.account
WHERE b.county = $1 AND coalesce(m.posted, 0) <> b.posted ORDER BY b.account

-- name: ledger_check_pending (county text) -> (id int, want int, have int) stream
SELECT b.account, CAST(coalesce(m.pending, 0) AS @int), b.pending
FROM ledger_balance b LEFT JOIN (
    SELECT debit AS account, sum(CASE WHEN phase = 2 THEN amount ELSE -held END) AS pending
    FROM ledger_transfer WHERE county = $1 AND phase >= 2 GROUP BY debit) AS m ON m.account = b.account
WHERE b.county = $1 AND coalesce(m.pending, 0) <> b.pending ORDER BY b.account

-- name: ledger_check_available (county text) -> (id int, want int, have int) stream
SELECT account, pending, posted FROM ledger_balance
WHERE county = $1 AND (pending < 0 OR (kind < 9 AND posted < pending)) ORDER BY account

-- name: ledger_check_account (county text) -> (id int, want int, have int) stream
SELECT a.act * 1048576 + a.n, a.kind, coalesce(b.kind, 0)
FROM ledger_account a LEFT JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 AND (b.kind IS NULL OR b.kind <> a.kind)
UNION ALL
SELECT b.account, 0, b.kind FROM ledger_balance b
LEFT JOIN ledger_account a ON a.county = b.county AND a.act = b.account / 1048576 AND a.n = b.account % 1048576
WHERE b.county = $1 AND a.kind IS NULL

-- name: ledger_check_transfer (county text) -> (id int, want int, have int) stream
SELECT t.act * 1048576 + t.n, t.op_n, -1 FROM ledger_transfer t
LEFT JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
LEFT JOIN ledger_balance d ON d.county = t.county AND d.account = t.debit
LEFT JOIN ledger_balance c ON c.county = t.county AND c.account = t.credit
WHERE t.county = $1 AND (o.kind IS NULL OR d.kind IS NULL OR c.kind IS NULL
    OR (CASE WHEN d.kind IN (6, 7, 8, 10) THEN 2 ELSE 1 END) <> (CASE WHEN c.kind IN (6, 7, 8, 10) THEN 2 ELSE 1 END))

-- A transfer that ends a reservation ends one of the same accounts and amount, made before it.
-- name: ledger_check_ends (county text) -> (id int, want int, have int) stream
SELECT t.act * 1048576 + t.n, t.held, coalesce(r.amount, 0) FROM ledger_transfer t
LEFT JOIN ledger_transfer r ON r.county = t.county AND r.act = t.ends / 1048576 AND r.n = t.ends % 1048576
    AND r.phase = 2 AND r.debit = t.debit AND r.credit = t.credit AND (r.act < t.act OR (r.act = t.act AND r.n < t.n))
WHERE t.county = $1 AND t.ends IS NOT NULL AND coalesce(r.amount, 0) <> t.held

-- name: ledger_check_held (county text) -> (id int, want int, have int) stream
SELECT t.act * 1048576 + t.n, t.amount, coalesce(h.amount, 0) FROM ledger_transfer t
LEFT JOIN ledger_held h ON h.county = t.county AND h.op = t.act * 1048576 + t.op_n AND h.transfer = t.act * 1048576 + t.n
WHERE t.county = $1 AND t.phase = 2 AND coalesce(h.amount, 0) <> t.amount
  AND NOT EXISTS (SELECT 1 FROM ledger_transfer e WHERE e.county = $1 AND e.ends = t.act * 1048576 + t.n)
UNION ALL
SELECT h.transfer, 0, h.amount FROM ledger_held h
LEFT JOIN ledger_transfer t ON t.county = h.county AND t.act = h.transfer / 1048576 AND t.n = h.transfer % 1048576
    AND t.phase = 2 AND t.debit = h.debit AND t.credit = h.credit AND t.amount = h.amount
WHERE h.county = $1 AND (t.amount IS NULL
    OR EXISTS (SELECT 1 FROM ledger_transfer e WHERE e.county = $1 AND e.ends = h.transfer))

-- The days of an open reservation: the first of its part, the last of its operation (2932896 is DAY_MAX).
-- name: ledger_check_days (county text) -> (id int, want int, have int) stream
SELECT h.transfer, t.from_day, h.from_day FROM ledger_held h
JOIN ledger_transfer t ON t.county = h.county AND t.act = h.transfer / 1048576 AND t.n = h.transfer % 1048576
WHERE h.county = $1 AND h.from_day <> t.from_day
UNION ALL
SELECT h.transfer, CASE WHEN o.kind IN (13, 14) AND o.extra > 0 THEN o.extra ELSE 2932896 END, h.until_day FROM ledger_held h
JOIN ledger_op o ON o.county = h.county AND o.act = h.op / 1048576 AND o.n = h.op % 1048576
WHERE h.county = $1 AND h.until_day <> CASE WHEN o.kind IN (13, 14) AND o.extra > 0 THEN o.extra ELSE 2932896 END

-- Use of caps: money out of pools to subjects, less what came free or was reversed.
-- name: ledger_check_use (county text) -> (id int, want int, have int) stream
SELECT CAST(row_number() OVER (ORDER BY policy, year, scope, holder) AS @int), CAST(sum(want) AS @int), CAST(sum(have) AS @int)
FROM (
    SELECT o.policy AS policy, o.year AS year, s.scope AS scope, CASE s.scope WHEN 1 THEN o.subject ELSE o.grp END AS holder,
        CASE WHEN o.kind = 25 THEN -t.amount WHEN t.phase <= 2 THEN t.amount WHEN t.phase = 3 THEN t.amount - t.held ELSE -t.held END AS want,
        0 AS have
    FROM ledger_transfer t
    JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
    JOIN ledger_balance d ON d.county = t.county AND d.account = t.debit
    JOIN ledger_balance c ON c.county = t.county AND c.account = t.credit
    JOIN (SELECT 1 AS scope UNION ALL SELECT 2) AS s ON s.scope = 1 OR o.grp <> ''
    WHERE t.county = $1 AND ((d.kind = 2 AND c.kind = 3) OR (d.kind = 3 AND c.kind = 2 AND o.kind = 25))
    UNION ALL
    SELECT policy, year, scope, holder, 0, used FROM ledger_use WHERE county = $1) AS x
GROUP BY policy, year, scope, holder HAVING sum(want) <> sum(have)

-- name: ledger_check_cap (county text) -> (id int, want int, have int) stream
SELECT CAST(row_number() OVER (ORDER BY u.policy, u.year, u.scope, u.holder) AS @int),
    coalesce(o.amount, -1), coalesce(u.most, -1)
FROM ledger_use u LEFT JOIN (
    SELECT policy, year, grp, amount, row_number() OVER (PARTITION BY policy, year, grp ORDER BY act DESC, n DESC) AS age
    FROM ledger_op WHERE county = $1 AND kind = 6) AS o
  ON o.age = 1 AND o.policy = u.policy AND o.year = u.year AND o.grp = CASE u.scope WHEN 1 THEN '' ELSE u.holder END
WHERE u.county = $1 AND coalesce(o.amount, -1) <> coalesce(u.most, -1)

-- name: ledger_check_once (county text) -> (id int, want int, have int) stream
SELECT op, CAST(sum(want) AS @int), CAST(sum(have) AS @int) FROM (
    SELECT CASE WHEN o.kind IN (12, 13, 14) THEN o.act * 1048576 + o.n WHEN o.kind = 25 AND p.kind <> 12 THEN p.about ELSE o.about END AS op,
        CASE WHEN o.kind IN (12, 13, 14) THEN 1 WHEN o.kind = 25 OR t.phase > 3 THEN -1 ELSE 0 END AS want, 0 AS have
    FROM ledger_transfer t
    JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
    JOIN ledger_balance d ON d.county = t.county AND d.account = t.debit
    JOIN ledger_balance c ON c.county = t.county AND c.account = t.credit
    LEFT JOIN ledger_op p ON p.county = o.county AND p.act = o.about / 1048576 AND p.n = o.about % 1048576
    WHERE t.county = $1 AND o.item <> ''
      AND ((d.kind = 2 AND c.kind = 3) OR (d.kind = 3 AND c.kind = 2 AND o.kind = 25))
    UNION ALL
    SELECT op, 0, parts FROM ledger_once WHERE county = $1) AS x
GROUP BY op HAVING sum(want) <> sum(have)

-- name: ledger_check_group (county text) -> (id int, want int, have int) stream
SELECT o.op, 1, 0 FROM (
    SELECT act * 1048576 + n AS op, subject, grp, row_number() OVER (PARTITION BY subject ORDER BY act DESC, n DESC) AS age
    FROM ledger_op WHERE county = $1 AND kind = 8) AS o
LEFT JOIN ledger_group g ON g.county = $1 AND g.subject = o.subject AND g.grp = o.grp
WHERE o.age = 1 AND g.grp IS NULL
UNION ALL
SELECT 0, 0, 1 FROM ledger_group g
WHERE g.county = $1 AND g.subject NOT IN (SELECT subject FROM ledger_op WHERE county = $1 AND kind = 8)

-- What was posted to subjects and not reversed is due, less what was asked to be paid and not cancelled or sent back.
-- name: ledger_check_due (county text) -> (id int, want int, have int) stream
SELECT op, CAST(sum(want) AS @int), CAST(sum(have) AS @int) FROM (
    SELECT o.act * 1048576 + o.n AS op, t.amount AS want, 0 AS have
    FROM ledger_transfer t
    JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
    JOIN ledger_balance d ON d.county = t.county AND d.account = t.debit
    JOIN ledger_balance c ON c.county = t.county AND c.account = t.credit
    WHERE t.county = $1 AND t.phase IN (1, 3) AND d.kind = 2 AND c.kind = 3
      AND NOT EXISTS (SELECT 1 FROM ledger_op r WHERE r.county = o.county AND r.about = o.act * 1048576 + o.n AND r.kind = 25)
    UNION ALL
    SELECT o.about, -p.amount, 0
    FROM ledger_payment p
    JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
    WHERE p.county = $1 AND p.state NOT IN (5, 6)
    UNION ALL
    SELECT op, 0, open FROM ledger_due WHERE county = $1) AS x
GROUP BY op HAVING sum(want) <> sum(have)

-- Payments as the operations say: requested and amended, approved twice, sent, settled or sent back, or cancelled.
-- name: ledger_check_payment (county text) -> (id int, want int, have int) stream
SELECT id, CAST(max(want) AS @int), CAST(max(have) AS @int) FROM (
    SELECT o.act * 1048576 + o.n AS id,
        ((CASE WHEN max(CASE WHEN x.kind = 21 THEN 1 ELSE 0 END) = 1 THEN 6
               WHEN max(CASE WHEN x.kind = 27 THEN 1 ELSE 0 END) = 1 THEN 5
               WHEN max(CASE WHEN x.kind = 26 THEN 1 ELSE 0 END) = 1 THEN 4
               WHEN (SELECT count(*) FROM ledger_batch_line l WHERE l.county = $1 AND l.payment = o.act * 1048576 + o.n) = 1 THEN 3
               WHEN (SELECT count(*) FROM ledger_approval a WHERE a.county = $1 AND a.payment = o.act * 1048576 + o.n
                     AND a.version = 1 + (SELECT count(*) FROM ledger_op m WHERE m.county = $1 AND m.about = o.act * 1048576 + o.n AND m.kind = 19)) = 2 THEN 2
               ELSE 1 END) * 1000 + 1 + sum(CASE WHEN x.kind = 19 THEN 1 ELSE 0 END)) * 10
          + (SELECT count(*) FROM ledger_approval a WHERE a.county = $1 AND a.payment = o.act * 1048576 + o.n
             AND a.version = 1 + (SELECT count(*) FROM ledger_op m WHERE m.county = $1 AND m.about = o.act * 1048576 + o.n AND m.kind = 19)) AS want,
        -1 AS have
    FROM ledger_op o LEFT JOIN ledger_op x ON x.county = o.county AND x.about = o.act * 1048576 + o.n
    WHERE o.county = $1 AND o.kind = 18 GROUP BY o.act, o.n
    UNION ALL
    SELECT p.payment, -1, (p.state * 1000 + p.version) * 10 + p.approvals FROM ledger_payment p WHERE p.county = $1) AS y
GROUP BY id HAVING max(want) <> max(have)

-- What a payment row claims of its request: amount, maker, clawbacks not waived.
-- name: ledger_check_request (county text) -> (id int, want int, have int) stream
WITH k AS MATERIALIZED (SELECT about, act * 1048576 + n AS op, amount FROM ledger_op WHERE county = $1 AND kind = 23),
    e AS MATERIALIZED (SELECT about, kind, amount FROM ledger_op WHERE county = $1 AND kind IN (16, 24))
SELECT p.payment, o.amount, p.amount FROM ledger_payment p
JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
WHERE p.county = $1 AND (o.amount <> p.amount OR o.who <> p.maker)
UNION ALL
SELECT p.payment, CAST(coalesce(sum(CASE e.kind WHEN 16 THEN 0 WHEN 24 THEN e.amount ELSE k.amount END), 0) AS @int), p.claimed
FROM ledger_payment p LEFT JOIN k ON k.about = p.payment LEFT JOIN e ON e.about = k.op
WHERE p.county = $1 GROUP BY p.payment, p.claimed
HAVING coalesce(sum(CASE e.kind WHEN 16 THEN 0 WHEN 24 THEN e.amount ELSE k.amount END), 0) <> p.claimed

-- Money that left for the bank was approved by two others than its maker, decided, and came from a budget.
-- name: ledger_check_paid (county text) -> (id int, want int, have int) stream
SELECT p.payment, 2, CAST((SELECT count(DISTINCT a.who) FROM ledger_approval a
    WHERE a.county = p.county AND a.payment = p.payment AND a.version = p.version AND a.who <> p.maker) AS @int)
FROM ledger_payment p
JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
LEFT JOIN ledger_op d ON d.county = o.county AND d.act = o.about / 1048576 AND d.n = o.about % 1048576
WHERE p.county = $1 AND p.state BETWEEN 2 AND 5 AND (d.kind IS NULL OR d.decision = ''
    OR (SELECT count(DISTINCT a.who) FROM ledger_approval a
        WHERE a.county = p.county AND a.payment = p.payment AND a.version = p.version AND a.who <> p.maker) <> 2
    OR NOT EXISTS (SELECT 1 FROM ledger_transfer t
        JOIN ledger_account s ON s.county = t.county AND s.act = t.debit / 1048576 AND s.n = t.debit % 1048576 AND s.kind = 2
        JOIN ledger_account b ON b.county = s.county AND b.act = s.parent / 1048576 AND b.n = s.parent % 1048576 AND b.kind = 1
        WHERE t.county = p.county AND t.act = d.act AND t.op_n = d.n))

-- Rows of an act are numbered without a gap, and every act that wrote here exists.
-- name: ledger_check_gap (county text) -> (id int, want int, have int) stream
SELECT act * 1048576, CAST(max(n) + 1 AS @int), CAST(count(*) AS @int) FROM ledger_op WHERE county = $1 GROUP BY act HAVING max(n) + 1 <> count(*)
UNION ALL
SELECT act * 1048576, CAST(max(n) + 1 AS @int), CAST(count(*) AS @int) FROM ledger_transfer WHERE county = $1 GROUP BY act HAVING max(n) + 1 <> count(*)
UNION ALL
SELECT o.act * 1048576, 1, 0 FROM ledger_op o LEFT JOIN act a ON a.county = o.county AND a.act = o.act
WHERE o.county = $1 AND o.n = 0 AND a.act IS NULL

-- name: ledger_points (county text) -> (issued int, held int, spent int, expired int)
SELECT CAST(coalesce(sum(CASE kind WHEN 10 THEN -posted ELSE 0 END), 0) AS @int),
    CAST(coalesce(sum(CASE kind WHEN 6 THEN posted ELSE 0 END), 0) AS @int),
    CAST(coalesce(sum(CASE kind WHEN 7 THEN posted ELSE 0 END), 0) AS @int),
    CAST(coalesce(sum(CASE kind WHEN 8 THEN posted ELSE 0 END), 0) AS @int)
FROM ledger_balance WHERE county = $1

-- name: ledger_counts (county text) -> (ops int, transfers int, payments int, paid_fen int)
SELECT (SELECT count(*) FROM ledger_op WHERE county = $1), (SELECT count(*) FROM ledger_transfer WHERE county = $1),
    (SELECT count(*) FROM ledger_payment WHERE county = $1),
    CAST((SELECT coalesce(sum(amount), 0) FROM ledger_payment WHERE county = $1 AND state = 4) AS @int)

-- What the derived tables must hold, as far as one statement can say; ledger_check_.. say the rest.

-- derived: ledger_balance (county text, account int, kind int, posted int, pending int)
SELECT a.county, a.act * 1048576 + a.n, a.kind, CAST(coalesce(sum(m.posted), 0) AS @int), CAST(coalesce(sum(m.pending), 0) AS @int)
FROM ledger_account a LEFT JOIN (
    SELECT county, debit AS account, CASE WHEN phase IN (1, 3) THEN -amount ELSE 0 END AS posted,
        CASE phase WHEN 1 THEN 0 WHEN 2 THEN amount ELSE -held END AS pending FROM ledger_transfer
    UNION ALL SELECT county, credit, amount, 0 FROM ledger_transfer WHERE phase IN (1, 3)) AS m
  ON m.county = a.county AND m.account = a.act * 1048576 + a.n
GROUP BY a.county, a.act, a.n, a.kind

-- derived: ledger_held (county text, op int, part int, transfer int, debit int, credit int, amount int, from_day int, until_day int)
SELECT t.county, t.act * 1048576 + t.op_n, t.part, t.act * 1048576 + t.n, t.debit, t.credit, t.amount, t.from_day,
    CASE WHEN o.kind IN (13, 14) AND o.extra > 0 THEN o.extra ELSE 2932896 END
FROM (
    SELECT county, act, n, op_n, debit, credit, amount, from_day,
        CAST(row_number() OVER (PARTITION BY county, act, op_n ORDER BY n) AS @int) AS part
    FROM ledger_transfer WHERE phase = 2) AS t
JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
WHERE NOT EXISTS (SELECT 1 FROM ledger_transfer e WHERE e.county = t.county AND e.ends = t.act * 1048576 + t.n)

-- derived: ledger_use (county text, policy text, year int, scope int, holder text, used int)
SELECT o.county, o.policy, o.year, s.scope, CASE s.scope WHEN 1 THEN o.subject ELSE o.grp END,
    CAST(sum(CASE WHEN o.kind = 25 THEN -t.amount WHEN t.phase <= 2 THEN t.amount WHEN t.phase = 3 THEN t.amount - t.held ELSE -t.held END) AS @int)
FROM ledger_transfer t
JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
JOIN ledger_account d ON d.county = t.county AND d.act = t.debit / 1048576 AND d.n = t.debit % 1048576
JOIN ledger_account c ON c.county = t.county AND c.act = t.credit / 1048576 AND c.n = t.credit % 1048576
JOIN (SELECT 1 AS scope UNION ALL SELECT 2) AS s ON s.scope = 1 OR o.grp <> ''
WHERE (d.kind = 2 AND c.kind = 3) OR (d.kind = 3 AND c.kind = 2 AND o.kind = 25)
GROUP BY o.county, o.policy, o.year, s.scope, CASE s.scope WHEN 1 THEN o.subject ELSE o.grp END

-- derived: ledger_once (county text, item text, subject text, year int, parts int)
SELECT o.county, o.item, o.subject, o.year,
    CAST(sum(CASE WHEN o.kind IN (12, 13, 14) THEN 1 WHEN o.kind = 25 OR t.phase > 3 THEN -1 ELSE 0 END) AS @int)
FROM ledger_transfer t
JOIN ledger_op o ON o.county = t.county AND o.act = t.act AND o.n = t.op_n
JOIN ledger_account d ON d.county = t.county AND d.act = t.debit / 1048576 AND d.n = t.debit % 1048576
JOIN ledger_account c ON c.county = t.county AND c.act = t.credit / 1048576 AND c.n = t.credit % 1048576
WHERE o.item <> '' AND ((d.kind = 2 AND c.kind = 3) OR (d.kind = 3 AND c.kind = 2 AND o.kind = 25))
GROUP BY o.county, o.item, o.subject, o.year
HAVING sum(CASE WHEN o.kind IN (12, 13, 14) THEN 1 WHEN o.kind = 25 OR t.phase > 3 THEN -1 ELSE 0 END) > 0

-- derived: ledger_group (county text, subject text, grp text)
SELECT county, subject, grp FROM (
    SELECT county, subject, grp, row_number() OVER (PARTITION BY county, subject ORDER BY act DESC, n DESC) AS age
    FROM ledger_op WHERE kind = 8) AS g WHERE age = 1

-- derived: ledger_due (county text, op int, amount int)
SELECT o.county, o.act * 1048576 + o.n, CASE o.kind WHEN 12 THEN o.extra ELSE o.amount END
FROM ledger_op o WHERE o.kind IN (12, 15)
  AND NOT EXISTS (SELECT 1 FROM ledger_op r WHERE r.county = o.county AND r.about = o.act * 1048576 + o.n AND r.kind = 25)

-- derived: ledger_payment (county text, payment int, maker text, amount int)
SELECT county, act * 1048576 + n, who, amount FROM ledger_op WHERE kind = 18

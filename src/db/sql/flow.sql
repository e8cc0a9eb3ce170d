-- Cases.

-- name: flow_case_last (county text) -> (number int)
SELECT COALESCE(max(number), 0) FROM flow_case WHERE county = $1

-- name: flow_case_add (county text, act int, n int, number int, rules blob, type text, subject int, year int, once text, title text, parent int)
INSERT INTO flow_case (county, act, n, number, rules, type, subject, year, once, title, parent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: flow_case_once (county text, subject int, year int, once text) -> (number int)
SELECT number FROM flow_case WHERE county = $1 AND subject = $2 AND year = $3 AND once = $4

-- name: flow_case_get (county text, number int) -> (rules blob, type text, subject int, kind text, identity text, year int, title text, parent int, opener text, opened_us int, seq int, entry int, step text, state text, ended int, shown int, takes int, waits int, timed int, due int?, actor text, at_us int, locality text?, name text?)
SELECT c.rules, c.type, c.subject, s.kind, s.identity, c.year, c.title, c.parent, o.actor, o.at_us,
    t.seq, t.kind, t.step, t.state, t.ended, t.shown, t.takes, t.waits, t.timed, t.due, a.actor, a.at_us, z.locality, z.name
FROM flow_case c
JOIN subject s ON s.county = c.county AND s.subject = c.subject
JOIN act o ON o.county = c.county AND o.act = c.act
JOIN flow_now w ON w.county = c.county AND w.number = c.number
JOIN flow_step t ON t.county = c.county AND t.number = c.number AND t.seq = w.seq
JOIN act a ON a.county = t.county AND a.act = t.act
LEFT JOIN subject_now z ON z.county = c.county AND z.subject = c.subject
WHERE c.county = $1 AND c.number = $2

-- Newest first, below a number. Who is waited for: a bit of `who`; all with 0.
-- name: flow_case_page (county text, below int, type text, state text, who int, subject int, ended int, shown int) -> (number int, type text, subject int, kind text, identity text, year int, title text, parent int, opened_us int, seq int, entry int, state text, ended int, shown int, waits int, due int?, actor text, at_us int, locality text?, name text?) stream
SELECT c.number, c.type, c.subject, s.kind, s.identity, c.year, c.title, c.parent, o.at_us,
    t.seq, t.kind, t.state, t.ended, t.shown, t.waits, t.due, a.actor, a.at_us, z.locality, z.name
FROM flow_now w
JOIN flow_case c ON c.county = w.county AND c.number = w.number
JOIN subject s ON s.county = c.county AND s.subject = c.subject
JOIN act o ON o.county = c.county AND o.act = c.act
JOIN flow_step t ON t.county = w.county AND t.number = w.number AND t.seq = w.seq
JOIN act a ON a.county = t.county AND a.act = t.act
LEFT JOIN subject_now z ON z.county = w.county AND z.subject = w.subject
WHERE w.county = $1 AND w.number < $2 AND ($3 = '' OR w.type = $3) AND ($4 = '' OR w.state = $4)
AND ($5 = 0 OR (w.waits & $5) <> 0) AND ($6 = 0 OR w.subject = $6) AND ($7 < 0 OR w.ended = $7)
AND ($8 < 0 OR w.shown = $8)
ORDER BY w.number DESC

-- name: flow_case_children (county text, parent int) -> (number int)
SELECT number FROM flow_case WHERE county = $1 AND parent = $2 ORDER BY number

-- name: flow_due (county text, day int) -> (number int, due int)
SELECT number, due FROM flow_now WHERE county = $1 AND ended = 0 AND timed = 1 AND due < $2 ORDER BY number

-- name: flow_step_add (county text, act int, n int, number int, seq int, kind int, step text, state text, ended int, shown int, takes int, waits int, timed int, due int?, calendar blob?, basis blob?, why text)
INSERT INTO flow_step (county, act, n, number, seq, kind, step, state, ended, shown, takes, waits, timed, due, calendar, basis, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)

-- name: flow_now_set (county text, number int, seq int, subject int, type text, state text, ended int, shown int, waits int, timed int, due int)
INSERT INTO flow_now (county, number, seq, subject, type, state, ended, shown, waits, timed, due)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (county, number) DO UPDATE SET seq = excluded.seq, state = excluded.state, ended = excluded.ended,
    shown = excluded.shown, waits = excluded.waits, timed = excluded.timed, due = excluded.due

-- name: flow_steps (county text, number int) -> (seq int, kind int, step text, state text, takes int, due int?, basis blob?, why text, act int, actor text, at_us int)
SELECT t.seq, t.kind, t.step, t.state, t.takes, t.due, t.basis, t.why, t.act, a.actor, a.at_us
FROM flow_step t JOIN act a ON a.county = t.county AND a.act = t.act
WHERE t.county = $1 AND t.number = $2 ORDER BY t.seq

-- name: flow_field_add (county text, act int, n int, number int, seq int, field text, value text)
INSERT INTO flow_field (county, act, n, number, seq, field, value) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: flow_fields (county text, number int) -> (seq int, field text, value text)
SELECT seq, field, value FROM flow_field WHERE county = $1 AND number = $2 ORDER BY seq, n

-- name: flow_paper_add (county text, act int, n int, number int, seq int, paper text, file text, hash blob)
INSERT INTO flow_paper (county, act, n, number, seq, paper, file, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: flow_papers (county text, number int) -> (act int, n int, seq int, paper text, file text, hash blob, actor text, at_us int)
SELECT p.act, p.n, p.seq, p.paper, p.file, p.hash, a.actor, a.at_us
FROM flow_paper p JOIN act a ON a.county = p.county AND a.act = p.act
WHERE p.county = $1 AND p.number = $2 ORDER BY p.act, p.n

-- name: flow_told_add (county text, act int, n int, number int, seq int, task int, who int)
INSERT INTO flow_told (county, act, n, number, seq, task, who) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: flow_told_of (county text, number int) -> (seq int, task int, who int)
SELECT seq, task, who FROM flow_told WHERE county = $1 AND number = $2 ORDER BY act, n

-- Cases that wait for somebody, with a last day soon, of which nobody was told after the step.
-- name: flow_near (county text, first int, last int) -> (number int, seq int, waits int)
SELECT w.number, w.seq, w.waits FROM flow_now w
WHERE w.county = $1 AND w.ended = 0 AND w.waits > 0 AND w.due BETWEEN $2 AND $3
AND NOT EXISTS (SELECT 1 FROM flow_told t
    JOIN flow_step s ON s.county = t.county AND s.number = t.number AND s.seq = t.seq
    WHERE t.county = w.county AND t.number = w.number AND t.seq = w.seq AND t.act <> s.act)
ORDER BY w.number

-- name: flow_notice_add (county text, act int, n int, number int, seq int, first_day int, last_day int, calendar blob?)
INSERT INTO flow_notice (county, act, n, number, seq, first_day, last_day, calendar) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: flow_notices (county text, number int) -> (seq int, first_day int, last_day int)
SELECT seq, first_day, last_day FROM flow_notice WHERE county = $1 AND number = $2 ORDER BY act, n

-- name: flow_money_add (county text, act int, n int, number int, seq int, kind int, op int, about int, stage int, amount int)
INSERT INTO flow_money (county, act, n, number, seq, kind, op, about, stage, amount) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- With how a payment stands; 0 of other operations.
-- name: flow_moneys (county text, number int) -> (seq int, kind int, op int, about int, stage int, amount int, state int, claimed int, held int, open int)
SELECT m.seq, m.kind, m.op, m.about, m.stage, m.amount, COALESCE(p.state, 0), COALESCE(p.claimed, 0),
    CAST(COALESCE((SELECT sum(h.amount) FROM ledger_held h WHERE h.county = m.county AND h.op = m.op), 0) AS @int),
    COALESCE(d.open, 0)
FROM flow_money m
LEFT JOIN ledger_payment p ON p.county = m.county AND p.payment = m.op
LEFT JOIN ledger_due d ON d.county = m.county AND d.op = m.op
WHERE m.county = $1 AND m.number = $2 ORDER BY m.act, m.n

-- Also within the act that changed it.
-- name: flow_now_get (county text, number int) -> (seq int, state text, kind int)
SELECT w.seq, w.state, t.kind FROM flow_now w
JOIN flow_step t ON t.county = w.county AND t.number = w.number AND t.seq = w.seq
WHERE w.county = $1 AND w.number = $2

-- name: flow_locality (county text, subject int) -> (locality text)
SELECT locality FROM subject_now WHERE county = $1 AND subject = $2

-- Whose an operation of the ledger is, whatever was done to it since.
-- name: flow_money_case (county text, op int) -> (number int, seq int)
SELECT number, seq FROM flow_money WHERE county = $1 AND op = $2

-- name: flow_bid_add (county text, act int, n int, number int, bid int, subject int, seal blob)
INSERT INTO flow_bid (county, act, n, number, bid, subject, seal) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: flow_bid_open_add (county text, act int, n int, number int, bid int, price int, text text, secret text)
INSERT INTO flow_bid_open (county, act, n, number, bid, price, text, secret) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: flow_bids (county text, number int) -> (bid int, subject int, kind text, identity text, seal blob, actor text, at_us int, price int?, text text?)
SELECT b.bid, b.subject, s.kind, s.identity, b.seal, a.actor, a.at_us, o.price, o.text
FROM flow_bid b
JOIN subject s ON s.county = b.county AND s.subject = b.subject
JOIN act a ON a.county = b.county AND a.act = b.act
LEFT JOIN flow_bid_open o ON o.county = b.county AND o.number = b.number AND o.bid = b.bid
WHERE b.county = $1 AND b.number = $2 ORDER BY b.bid

-- name: flow_review_add (county text, act int, n int, number int, bid int, account int, low int, high int, text text)
INSERT INTO flow_review (county, act, n, number, bid, account, low, high, text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: flow_reviews (county text, number int) -> (bid int, account int, low int, high int, text text, actor text, at_us int, act int)
SELECT r.bid, r.account, r.low, r.high, r.text, a.actor, a.at_us, r.act
FROM flow_review r JOIN act a ON a.county = r.county AND a.act = r.act
WHERE r.county = $1 AND r.number = $2 ORDER BY r.act, r.n

-- Who was asked to review a case: accounts, and for how long.
-- name: flow_asked (county text, task text) -> (assignment int, account int, name text, last_day int, ended int)
SELECT x.act * 1048576 + x.n, x.account, c.name, x.last_day,
    CAST((SELECT count(*) FROM assignment_end e WHERE e.county = x.county AND e.assignment = x.act * 1048576 + x.n) AS @int)
FROM assignment x JOIN account c ON c.county = x.county AND c.account = x.account
WHERE x.county = $1 AND x.task = $2 ORDER BY x.act, x.n

-- For measures: all cases of a type, in order of numbers and time.
-- name: flow_type_steps (county text, type text) -> (number int, state text, at_us int) stream
SELECT t.number, t.state, a.at_us FROM flow_case c
JOIN flow_step t ON t.county = c.county AND t.number = c.number
JOIN act a ON a.county = t.county AND a.act = t.act
WHERE c.county = $1 AND c.type = $2 AND t.kind <= 2 ORDER BY t.number, t.seq

-- name: flow_type_values (county text, type text, field text) -> (number int, value text) stream
SELECT f.number, f.value FROM flow_case c JOIN flow_field f ON f.county = c.county AND f.number = c.number
WHERE c.county = $1 AND c.type = $2 AND f.field = $3 ORDER BY f.number, f.seq

-- name: flow_type_bids (county text, type text) -> (number int, at_us int) stream
SELECT b.number, min(a.at_us) FROM flow_case c
JOIN flow_bid b ON b.county = c.county AND b.number = c.number
JOIN act a ON a.county = b.county AND a.act = b.act
WHERE c.county = $1 AND c.type = $2 GROUP BY b.number ORDER BY b.number

-- Somebody was taken up, spoken to, contracted; not those that were refused.
-- name: flow_type_matches (county text, type text) -> (number int, at_us int) stream
SELECT m.number, min(a.at_us) FROM flow_case c
JOIN match_said m ON m.county = c.county AND m.number = c.number
JOIN act a ON a.county = m.county AND a.act = m.act
WHERE c.county = $1 AND c.type = $2 AND m.said < 4 GROUP BY m.number ORDER BY m.number

-- derived: flow_now (county text, number int, seq int, subject int, type text, state text, ended int, shown int, waits int, timed int, due int)
SELECT t.county, t.number, t.seq, c.subject, c.type, t.state, t.ended, t.shown, t.waits, t.timed, COALESCE(t.due, 2932896)
FROM flow_step t JOIN flow_case c ON c.county = t.county AND c.number = t.number
WHERE NOT EXISTS (SELECT 1 FROM flow_step u WHERE u.county = t.county AND u.number = t.number AND u.seq > t.seq)

-- Others of a type that are under way and have the same value in a field.
-- name: flow_same (county text, type text, number int, field text, value text) -> (number int)
SELECT w.number FROM flow_now w WHERE w.county = $1 AND w.type = $2 AND w.ended = 0 AND w.number <> $3 AND EXISTS (
    SELECT 1 FROM flow_field f WHERE f.county = w.county AND f.number = w.number AND f.field = $4 AND f.value = $5)
ORDER BY w.number

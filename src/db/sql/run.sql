-- Runs, receipts and appeals.

-- name: run_last (county text) -> (run int)
SELECT run FROM run WHERE county = $1 ORDER BY run DESC LIMIT 1

-- name: run_add (county text, act int, n int, run int, title text, kind text, rules blob, day int, period int, replaces int)
INSERT INTO run (county, act, n, run, title, kind, rules, day, period, replaces)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: run_get (county text, run int) -> (title text, kind text, rules blob, day int, period int, replaces int, state int, actor text, at_us int)
SELECT r.title, r.kind, r.rules, r.day, r.period, r.replaces, s.state, a.actor, a.at_us
FROM run r
JOIN run_step s ON s.county = r.county AND s.run = r.run
JOIN act a ON a.county = s.county AND a.act = s.act
WHERE r.county = $1 AND r.run = $2
ORDER BY s.act DESC, s.n DESC LIMIT 1

-- name: run_all (county text) -> (run int, title text, kind text, day int, period int, replaces int, state int, subjects int?, head blob) stream
SELECT r.run, r.title, r.kind, r.day, r.period, r.replaces, s.state, c.subjects, substr(p.bytes, 1, 2000)
FROM run r
JOIN content_piece p ON p.county = r.county AND p.hash = r.rules AND p.piece = 0
JOIN run_step s ON s.county = r.county AND s.run = r.run
LEFT JOIN run_computed c ON c.county = r.county AND c.run = r.run
WHERE r.county = $1 AND NOT EXISTS (
    SELECT 1 FROM run_step t WHERE t.county = s.county AND t.run = s.run
    AND (t.act > s.act OR (t.act = s.act AND t.n > s.n)))
ORDER BY r.run

-- name: run_computed_add (county text, act int, n int, run int, snapshot blob, results blob, receipts blob, subjects int, until_act int, engine text)
INSERT INTO run_computed (county, act, n, run, snapshot, results, receipts, subjects, until_act, engine)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: run_computed (county text, run int) -> (snapshot blob, results blob, receipts blob, subjects int, until_act int, engine text)
SELECT snapshot, results, receipts, subjects, until_act, engine
FROM run_computed WHERE county = $1 AND run = $2

-- name: run_step_add (county text, act int, n int, run int, state int, why text, first_day int?, last_day int?, calendar blob?)
INSERT INTO run_step (county, act, n, run, state, why, first_day, last_day, calendar)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: run_steps (county text, run int) -> (state int, why text, first_day int?, last_day int?, actor text, at_us int, act int)
SELECT s.state, s.why, s.first_day, s.last_day, a.actor, a.at_us, s.act
FROM run_step s JOIN act a ON a.county = s.county AND a.act = s.act
WHERE s.county = $1 AND s.run = $2 ORDER BY s.act, s.n

-- name: receipt_add (county text, act int, n int, run int, identity text, hash blob)
INSERT INTO receipt (county, act, n, run, identity, hash) VALUES ($1, $2, $3, $4, $5, $6)

-- name: receipt_all (county text, run int) -> (n int, identity text, hash blob) stream
SELECT n, identity, hash FROM receipt WHERE county = $1 AND run = $2 ORDER BY act, n

-- name: receipt_get (county text, run int, identity text) -> (n int, hash blob)
SELECT n, hash FROM receipt WHERE county = $1 AND run = $2 AND identity = $3

-- name: appeal_last (county text) -> (appeal int)
SELECT appeal FROM appeal WHERE county = $1 ORDER BY appeal DESC LIMIT 1

-- name: appeal_add (county text, act int, n int, appeal int, run int, identity text, text text)
INSERT INTO appeal (county, act, n, appeal, run, identity, text) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: appeal_decided_add (county text, act int, n int, appeal int, upheld int, why text)
INSERT INTO appeal_decided (county, act, n, appeal, upheld, why) VALUES ($1, $2, $3, $4, $5, $6)

-- name: appeals (county text, run int) -> (appeal int, identity text, text text, actor text, at_us int, upheld int?, why text?)
SELECT p.appeal, p.identity, p.text, a.actor, a.at_us, d.upheld, d.why
FROM appeal p
JOIN act a ON a.county = p.county AND a.act = p.act
LEFT JOIN appeal_decided d ON d.county = p.county AND d.appeal = p.appeal
WHERE p.county = $1 AND p.run = $2 ORDER BY p.appeal

-- name: appeal_run (county text, appeal int) -> (run int, upheld int?)
SELECT p.run, d.upheld FROM appeal p
LEFT JOIN appeal_decided d ON d.county = p.county AND d.appeal = p.appeal
WHERE p.county = $1 AND p.appeal = $2

-- name: appeals_open (county text, run int) -> (open_n int, upheld_n int)
SELECT CAST(count(*) - count(d.appeal) AS @int), CAST(coalesce(sum(d.upheld), 0) AS @int)
FROM appeal p
LEFT JOIN appeal_decided d ON d.county = p.county AND d.appeal = p.appeal
WHERE p.county = $1 AND p.run = $2

-- Batch matching: rounds, their limits and locks, what became of them.

-- name: pairing_add (county text, act int, n int, number int, title text, kind text, other text, chosen text, pairs blob)
INSERT INTO pairing (county, act, n, number, title, kind, other, chosen, pairs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: pairing_last (county text) -> (number int)
SELECT COALESCE(max(number), 0) FROM pairing WHERE county = $1

-- The newest first; number 0: all of them.
-- name: pairing_all (county text, number int) -> (number int, act int, title text, kind text, other text, chosen text, pairs blob, at_us int, actor text)
SELECT p.number, p.act, p.title, p.kind, p.other, p.chosen, p.pairs, COALESCE(a.at_us, 0), COALESCE(a.actor, '')
FROM pairing p LEFT JOIN act a ON a.county = p.county AND a.act = p.act
WHERE p.county = $1 AND ($2 = 0 OR p.number = $2) ORDER BY p.number DESC

-- name: pairing_limit_add (county text, act int, n int, number int, each int, places int, split int, floor int, own text)
INSERT INTO pairing_limit (county, act, n, number, each, places, split, floor, own) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: pairing_limit_now (county text, number int) -> (act int, each int, places int, split int, floor int, own text)
SELECT act, each, places, split, floor, own FROM pairing_limit WHERE county = $1 AND number = $2 ORDER BY act DESC, n DESC LIMIT 1

-- name: pairing_lock_add (county text, act int, n int, number int, need text, answer text, lock int, why text)
INSERT INTO pairing_lock (county, act, n, number, need, answer, lock, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- In the order in which they were given.
-- name: pairing_locks (county text, number int) -> (act int, need text, answer text, lock int, why text)
SELECT act, need, answer, lock, why FROM pairing_lock WHERE county = $1 AND number = $2 ORDER BY act, n

-- name: pairing_step_add (county text, act int, n int, number int, state int, result blob?, why text)
INSERT INTO pairing_step (county, act, n, number, state, result, why) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: pairing_step_last (county text, number int) -> (act int, state int, result blob?, actor text, at_us int)
SELECT s.act, s.state, s.result, COALESCE(a.actor, ''), COALESCE(a.at_us, 0)
FROM pairing_step s LEFT JOIN act a ON a.county = s.county AND a.act = s.act
WHERE s.county = $1 AND s.number = $2 ORDER BY s.act DESC, s.n DESC LIMIT 1

-- Pairs of which the last that was said is that they do not suit.
-- name: match_refused (county text, asker int) -> (answer int)
SELECT m.answer FROM match_said m WHERE m.county = $1 AND m.asker = $2 AND m.number = 0 AND m.said = 4
AND m.act = (SELECT max(x.act) FROM match_said x WHERE x.county = m.county AND x.asker = m.asker AND x.number = 0 AND x.answer = m.answer)
ORDER BY m.answer

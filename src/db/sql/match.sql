-- What was said of matches.

-- name: match_said_add (county text, act int, n int, asker int, number int, house text, answer int, said int, place int, score int, why text)
INSERT INTO match_said (county, act, n, asker, number, house, answer, said, place, score, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- The last of each pair.
-- name: match_said_of (county text, asker int, number int) -> (answer int, said int, why text)
SELECT m.answer, m.said, m.why FROM match_said m WHERE m.county = $1 AND m.asker = $2 AND m.number = $3
AND m.act = (SELECT max(x.act) FROM match_said x WHERE x.county = m.county AND x.asker = m.asker AND x.number = m.number AND x.answer = m.answer)
ORDER BY m.answer

-- Contracts of one house, by whom they are with.
-- name: match_past (county text, house text) -> (answer int, times int)
SELECT answer, count(*) FROM match_said WHERE county = $1 AND house = $2 AND said = 3 GROUP BY answer ORDER BY answer

-- What was said to subjects that asked, the last of each pair.
-- name: match_heard (county text) -> (asker int, answer int, said int, act int)
SELECT m.asker, m.answer, m.said, m.act FROM match_said m WHERE m.county = $1 AND m.asker > 0
AND m.act = (SELECT max(x.act) FROM match_said x WHERE x.county = m.county AND x.asker = m.asker AND x.number = 0 AND x.answer = m.answer)
ORDER BY m.asker, m.answer

-- name: match_learned_add (county text, act int, n int, kind text, model blob, weight int, asked int, pairs int, more int, low int, high int)
INSERT INTO match_learned (county, act, n, kind, model, weight, asked, pairs, more, low, high) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- The newest of each kind.
-- name: match_learned_now (county text) -> (kind text, model blob, weight int, act int)
SELECT m.kind, m.model, m.weight, m.act FROM match_learned m WHERE m.county = $1
AND m.act = (SELECT max(x.act) FROM match_learned x WHERE x.county = m.county AND x.kind = m.kind)
ORDER BY m.kind

-- name: match_model_add (county text, act int, n int, asker int, number int, kind text, place text, ended int, sent int, content blob)
INSERT INTO match_model (county, act, n, asker, number, kind, place, ended, sent, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: match_model_last (county text, asker int, number int, kind text, place text) -> (act int, ended int, sent int, content blob)
SELECT m.act, m.ended, m.sent, m.content FROM match_model m WHERE m.county = $1 AND m.asker = $2 AND m.number = $3
AND m.kind = $4 AND m.place = $5 ORDER BY m.act DESC LIMIT 1

-- Rule documents on their way into force.

-- name: rulebook_last (county text) -> (entry int)
SELECT COALESCE(max(entry), 0) FROM rulebook WHERE county = $1

-- name: rulebook_add (county text, act int, n int, entry int, name text, version text, kind text, hash blob)
INSERT INTO rulebook (county, act, n, entry, name, version, kind, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: rulebook_step_add (county text, act int, n int, entry int, state int, why text)
INSERT INTO rulebook_step (county, act, n, entry, state, why) VALUES ($1, $2, $3, $4, $5, $6)

-- name: rulebook_all (county text) -> (entry int, name text, version text, kind text, hash blob, state int, head blob, actor text, at_us int) stream
SELECT r.entry, r.name, r.version, r.kind, r.hash, s.state, substr(p.bytes, 1, 2000), a.actor, a.at_us
FROM rulebook r
JOIN rulebook_step s ON s.county = r.county AND s.entry = r.entry
JOIN act a ON a.county = s.county AND a.act = s.act
JOIN content_piece p ON p.county = r.county AND p.hash = r.hash AND p.piece = 0
WHERE r.county = $1
AND s.state = (SELECT max(t.state) FROM rulebook_step t WHERE t.county = r.county AND t.entry = r.entry)
ORDER BY r.entry

-- name: rulebook_get (county text, entry int) -> (name text, version text, kind text, hash blob)
SELECT name, version, kind, hash FROM rulebook WHERE county = $1 AND entry = $2

-- name: rulebook_steps (county text, entry int) -> (state int, why text, actor text, at_us int, act int) stream
SELECT s.state, s.why, a.actor, a.at_us, s.act
FROM rulebook_step s JOIN act a ON a.county = s.county AND a.act = s.act
WHERE s.county = $1 AND s.entry = $2 ORDER BY s.act, s.n

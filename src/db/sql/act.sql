-- name: act_head_lock (county text) -> (act int, hash blob, hash_by int)
SELECT act, hash, hash_by FROM act_head WHERE county = $1
--@postgres
FOR UPDATE

-- name: act_head_add (county text, hash blob, hash_by int)
INSERT INTO act_head (county, act, hash, hash_by) VALUES ($1, 0, $2, $3) ON CONFLICT DO NOTHING

-- name: act_head_set (county text, act int, hash blob, hash_by int)
UPDATE act_head SET act = $2, hash = $3, hash_by = $4 WHERE county = $1

-- name: county_add (county text, act int, n int, name text, hash_by int)
INSERT INTO county (county, act, n, name, hash_by) VALUES ($1, $2, $3, $4, $5)

-- name: county_all () -> (county text, name text, hash_by int)
SELECT c.county, c.name, c.hash_by FROM county c
WHERE NOT EXISTS (SELECT 1 FROM county d
                  WHERE d.county = c.county AND (d.act > c.act OR (d.act = c.act AND d.n > c.n)))
ORDER BY c.county

-- name: act_add (county text, act int, at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob)
INSERT INTO act (county, act, at_us, actor, verb, object, body, seals, hash_by, prev, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: act_all (county text) -> (act int, at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob) stream
SELECT act, at_us, actor, verb, object, body, seals, hash_by, prev, hash
FROM act WHERE county = $1 ORDER BY act

-- name: act_get (county text, act int) -> (at_us int, actor text, verb text, object text, body text, seals text, hash blob)
SELECT at_us, actor, verb, object, body, seals, hash FROM act WHERE county = $1 AND act = $2

-- name: act_last (county text) -> (act int, hash blob)
SELECT act, hash FROM act WHERE county = $1 ORDER BY act DESC LIMIT 1

-- name: act_counties () -> (county text)
SELECT county FROM act_head ORDER BY county

-- name: act_signed_add (county text, act int, at_us int, hash blob, key blob, signature blob)
INSERT INTO act_signed (county, act, at_us, hash, key, signature) VALUES ($1, $2, $3, $4, $5, $6)

-- name: act_signed_all (county text) -> (act int, at_us int, hash blob, key blob, signature blob) stream
SELECT act, at_us, hash, key, signature FROM act_signed WHERE county = $1 ORDER BY act

-- name: act_head_lock (county text) -> (act int, hash blob, hash_by int)
SELECT act, hash, hash_by FROM act_head WHERE county = $1
--@postgres
FOR UPDATE

-- The counties are found by hops through the key, not by reading every act.
-- derived: act_head (county text, act int, hash blob, hash_by int)
WITH RECURSIVE hop (county) AS (
    SELECT min(county) FROM act
    UNION ALL
    SELECT (SELECT min(county) FROM act WHERE county > hop.county) FROM hop
    WHERE hop.county IS NOT NULL
)
SELECT a.county, a.act, a.hash,
       COALESCE((SELECT c.hash_by FROM county c WHERE c.county = a.county
                 ORDER BY c.act DESC, c.n DESC LIMIT 1), 1)
FROM hop JOIN act a ON a.county = hop.county
AND a.act = (SELECT max(b.act) FROM act b WHERE b.county = hop.county)

-- name: act_head_add (county text, hash blob, hash_by int)
INSERT INTO act_head (county, act, hash, hash_by) VALUES ($1, 0, $2, $3) ON CONFLICT DO NOTHING

-- name: act_head_set (county text, act int, hash blob, hash_by int) one
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

-- name: act_all () -> (county text, act int, at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob) stream
SELECT county, act, at_us, actor, verb, object, body, seals, hash_by, prev, hash
FROM act ORDER BY county, act

-- name: act_find (county text, actor text?, verb text?, object text?, from_us int, to_us int, after int) -> (act int, at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob) stream
SELECT act, at_us, actor, verb, object, body, seals, hash_by, prev, hash
FROM act
WHERE county = $1 AND act > $7 AND at_us >= $5 AND at_us < $6
  AND ($2 IS NULL OR actor = $2)
  AND ($3 IS NULL OR verb = $3 OR substr(verb, 1, length($3) + 1) = $3 || '.')
  AND ($4 IS NULL OR object = $4)
ORDER BY act

-- name: act_recent (county text, actor text?, verb text?, object text?, from_us int, to_us int, before int) -> (act int, at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob) stream
SELECT act, at_us, actor, verb, object, body, seals, hash_by, prev, hash
FROM act
WHERE county = $1 AND act < $7 AND at_us >= $5 AND at_us < $6
  AND ($2 IS NULL OR actor = $2)
  AND ($3 IS NULL OR verb = $3 OR substr(verb, 1, length($3) + 1) = $3 || '.')
  AND ($4 IS NULL OR object = $4)
ORDER BY act DESC

-- name: act_get (county text, act int) -> (at_us int, actor text, verb text, object text, body text, seals text, hash_by int, prev blob, hash blob)
SELECT at_us, actor, verb, object, body, seals, hash_by, prev, hash FROM act WHERE county = $1 AND act = $2

-- name: act_last (county text) -> (act int, at_us int, hash_by int, hash blob)
SELECT act, at_us, hash_by, hash FROM act WHERE county = $1 ORDER BY act DESC LIMIT 1

-- name: act_counties () -> (county text)
SELECT county FROM act_head ORDER BY county

-- name: act_signed_add (county text, act int, n int, head int, at_us int, hash_by int, hash blob, key blob, signature blob)
INSERT INTO act_signed (county, act, n, head, at_us, hash_by, hash, key, signature)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: act_signed_all () -> (county text, act int, n int, head int, at_us int, hash_by int, hash blob, key blob, signature blob, act_hash blob?) stream
SELECT s.county, s.act, s.n, s.head, s.at_us, s.hash_by, s.hash, s.key, s.signature, a.hash
FROM act_signed s LEFT JOIN act a ON a.county = s.county AND a.act = s.head
ORDER BY s.county, s.act, s.n

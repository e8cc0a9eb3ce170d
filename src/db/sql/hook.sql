-- Webhooks. States are enum hook_state (src/api/hook/hook.h).

-- name: hook_add (county text, act int, n int, title text, host text, form int, events text, sensitive int, mark blob)
INSERT INTO hook (county, act, n, title, host, form, events, sensitive, mark)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: hook_end_add (county text, act int, n int, hook int)
INSERT INTO hook_end (county, act, n, hook) VALUES ($1, $2, $3, $4)

-- Those that have not ended.
-- name: hook_all (county text) -> (hook int, title text, host text, form int, events text, sensitive int, mark blob, sealed blob?, seen int?, actor text, at_us int)
SELECT h.act, h.title, h.host, h.form, h.events, h.sensitive, h.mark, x.sealed, s.act, a.actor,
       a.at_us
FROM hook h
JOIN act a ON a.county = h.county AND a.act = h.act
LEFT JOIN hook_address x ON x.county = h.county AND x.hook = h.act
LEFT JOIN hook_seen s ON s.county = h.county AND s.hook = h.act
WHERE h.county = $1
  AND NOT EXISTS (SELECT 1 FROM hook_end e WHERE e.county = h.county AND e.hook = h.act)
ORDER BY h.act

-- name: hook_address_put (county text, hook int, sealed blob)
INSERT INTO hook_address (county, hook, sealed) VALUES ($1, $2, $3)

-- name: hook_address_drop (county text, hook int)
DELETE FROM hook_address WHERE county = $1 AND hook = $2

-- name: hook_see (county text, hook int, act int)
INSERT INTO hook_seen (county, hook, act) VALUES ($1, $2, $3)
ON CONFLICT (county, hook) DO UPDATE SET act = excluded.act

-- name: hook_delivery_add (county text, hook int, act int, now_us int)
INSERT INTO hook_delivery (county, hook, act, state, tries, due_us, at_us, status, ended)
VALUES ($1, $2, $3, 1, 0, $4, $4, 0, 0)
ON CONFLICT (county, hook, act) DO NOTHING

-- Of hooks that have not ended.
-- name: hook_due (county text, now_us int) -> (hook int, act int, tries int)
SELECT d.hook, d.act, d.tries
FROM hook_delivery d
WHERE d.county = $1 AND d.state = 1 AND d.due_us <= $2
  AND NOT EXISTS (SELECT 1 FROM hook_end e WHERE e.county = d.county AND e.hook = d.hook)
ORDER BY d.due_us, d.act
LIMIT 20

-- name: hook_delivery_set (county text, hook int, act int, state int, tries int, due_us int, at_us int, status int, ended int) one
UPDATE hook_delivery
SET state = $4, tries = $5, due_us = $6, at_us = $7, status = $8, ended = $9
WHERE county = $1 AND hook = $2 AND act = $3

-- name: hook_delivery_again (county text, hook int, act int, now_us int) one
UPDATE hook_delivery SET state = 1, tries = 0, due_us = $4
WHERE county = $1 AND hook = $2 AND act = $3

-- name: hook_delivery_list (county text, hook int, before int, n int) -> (act int, verb text, state int, tries int, due_us int, at_us int, status int, ended int)
SELECT d.act, a.verb, d.state, d.tries, d.due_us, d.at_us, d.status, d.ended
FROM hook_delivery d JOIN act a ON a.county = d.county AND a.act = d.act
WHERE d.county = $1 AND d.hook = $2 AND d.act < $3
ORDER BY d.act DESC
LIMIT $4

-- Whom an act reported facts of.
-- name: hook_subjects (county text, act int, n int) -> (subject int, kind text, identity text)
SELECT DISTINCT s.subject, s.kind, s.identity
FROM line l JOIN subject s ON s.county = l.county AND s.subject = l.subject
WHERE l.county = $1 AND l.act = $2
ORDER BY s.subject
LIMIT $3

-- What the server keeps for its own work.

-- name: answer_get (county text, account int, name text) -> (request blob, body text)
SELECT request, body FROM answer_kept WHERE county = $1 AND account = $2 AND name = $3

-- name: answer_add (county text, account int, name text, at_us int, request blob, body text)
INSERT INTO answer_kept (county, account, name, at_us, request, body)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: answer_sweep (before_us int)
DELETE FROM answer_kept WHERE at_us < $1

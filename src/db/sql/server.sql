-- What the server keeps for its own work.

-- name: answer_get (county text, account int, name text) -> (request blob, body text)
SELECT request, body FROM answer_kept WHERE county = $1 AND account = $2 AND name = $3

-- name: answer_add (county text, account int, name text, at_us int, request blob, body text)
INSERT INTO answer_kept (county, account, name, at_us, request, body)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: answer_sweep (before_us int)
DELETE FROM answer_kept WHERE at_us < $1

-- Jobs: states are enum job_state (src/api/job.h).

-- name: job_add (county text, job int, kind text, about text, account int, actor text, input int, title text, ask text, asked_us int)
INSERT INTO job (county, job, kind, about, account, actor, state, stop, n, message, message_en, input, title, ask,
                 outcome, media, file, asked_us)
VALUES ($1, $2, $3, $4, $5, $6, 1, 0, 0, '', '', $7, $8, $9, '', '', '', $10)

-- name: job_get (county text, job int) -> (kind text, about text, account int, actor text, state int, stop int, n int, message text, message_en text, input int, title text, ask text, outcome text, media text, file text, asked_us int, begun_us int?, ended_us int?)
SELECT kind, about, account, actor, state, stop, n, message, message_en, input, title, ask, outcome, media,
       file, asked_us, begun_us, ended_us
FROM job WHERE county = $1 AND job = $2

-- Of one account, or of all (0), newest first.
-- name: job_list (county text, account int, before int, n int) -> (job int, kind text, about text, account int, actor text, state int, stop int, n int, message text, message_en text, input int, title text, ask text, outcome text, media text, file text, asked_us int, begun_us int?, ended_us int?) stream
SELECT job, kind, about, account, actor, state, stop, n, message, message_en, input, title, ask, outcome, media,
       file, asked_us, begun_us, ended_us
FROM job WHERE county = $1 AND ($2 = 0 OR account = $2) AND job < $3 ORDER BY job DESC LIMIT $4

-- name: job_unfinished (county text, account int) -> (n int)
SELECT CAST(count(*) AS @int) FROM job WHERE county = $1 AND account = $2 AND state IN (1, 2)

-- name: job_next (county text) -> (job int)
SELECT job FROM job WHERE county = $1 AND state = 1 ORDER BY job LIMIT 1

-- name: job_begin (county text, job int, begun_us int)
UPDATE job SET state = 2, begun_us = $3 WHERE county = $1 AND job = $2 AND state = 1

-- What was under way when the program ended waits again.
-- name: job_requeue (county text)
UPDATE job SET state = 1, begun_us = NULL WHERE county = $1 AND state = 2

-- A job that waits is cancelled at once, one under way when it looks.
-- name: job_stop (county text, job int, now_us int)
UPDATE job SET stop = 1, ended_us = CASE WHEN state = 1 THEN $3 ELSE ended_us END,
               state = CASE WHEN state = 1 THEN 5 ELSE state END
WHERE county = $1 AND job = $2 AND state IN (1, 2)

-- name: job_end (county text, job int, state int, n int, message text, message_en text, outcome text, media text, file text, ended_us int?) one
UPDATE job SET state = $3, n = $4, message = $5, message_en = $6, outcome = $7, media = $8, file = $9,
               ended_us = $10
WHERE county = $1 AND job = $2

-- name: job_piece_add (county text, job int, piece int, bytes blob)
INSERT INTO job_piece (county, job, piece, bytes) VALUES ($1, $2, $3, $4)

-- name: job_pieces (county text, job int) -> (bytes blob) stream
SELECT bytes FROM job_piece WHERE county = $1 AND job = $2 ORDER BY piece

-- name: job_piece_sweep (county text, before_us int)
DELETE FROM job_piece WHERE county = $1
AND job IN (SELECT j.job FROM job j WHERE j.county = $1 AND j.ended_us < $2)

-- Files that came.

-- name: upload_add (county text, upload int, account int, kind text, name text, hash blob, bytes int, at_us int)
INSERT INTO upload (county, upload, account, kind, name, hash, bytes, at_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: upload_get (county text, upload int) -> (account int, kind text, name text, hash blob, bytes int, at_us int)
SELECT account, kind, name, hash, bytes, at_us FROM upload WHERE county = $1 AND upload = $2

-- name: upload_list (county text, account int) -> (upload int, kind text, name text, hash blob, bytes int, at_us int)
SELECT upload, kind, name, hash, bytes, at_us FROM upload
WHERE county = $1 AND account = $2 ORDER BY upload DESC

-- name: upload_of_hash (county text, hash blob) -> (n int)
SELECT CAST(count(*) AS @int) FROM upload WHERE county = $1 AND hash = $2

-- name: upload_drop (county text, upload int)
DELETE FROM upload WHERE county = $1 AND upload = $2

-- What is old; and of one account, what came before its newest n.
-- name: upload_sweep (county text, before_us int)
DELETE FROM upload WHERE county = $1 AND at_us < $2

-- name: upload_trim (county text, account int, n int)
DELETE FROM upload WHERE county = $1 AND account = $2 AND upload NOT IN
    (SELECT u.upload FROM upload u WHERE u.county = $1 AND u.account = $2
     ORDER BY u.upload DESC LIMIT $3)

-- name: upload_piece_add (county text, hash blob, piece int, bytes blob)
INSERT INTO upload_piece (county, hash, piece, bytes) VALUES ($1, $2, $3, $4)

-- name: upload_pieces (county text, hash blob) -> (bytes blob) stream
SELECT bytes FROM upload_piece WHERE county = $1 AND hash = $2 ORDER BY piece

-- name: upload_piece_sweep (county text)
DELETE FROM upload_piece WHERE county = $1
AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.county = $1 AND u.hash = upload_piece.hash)

-- Records: contents, kinds, subjects, reports, marks, snapshots.

-- name: content_add (county text, act int, n int, hash blob, bytes int, media text)
INSERT INTO content (county, act, n, hash, bytes, media) VALUES ($1, $2, $3, $4, $5, $6)

-- name: content_get (county text, hash blob) -> (act int, bytes int, media text)
SELECT act, bytes, media FROM content WHERE county = $1 AND hash = $2

-- name: content_all (county text) -> (act int, hash blob, bytes int, media text)
SELECT act, hash, bytes, media FROM content WHERE county = $1 ORDER BY act, n

-- name: content_piece_add (county text, hash blob, piece int, bytes blob)
INSERT INTO content_piece (county, hash, piece, bytes) VALUES ($1, $2, $3, $4)

-- name: content_pieces (county text, hash blob) -> (piece int, bytes blob) stream
SELECT piece, bytes FROM content_piece WHERE county = $1 AND hash = $2 ORDER BY piece

-- name: kind_add (county text, act int, n int, kind text, hash blob)
INSERT INTO kind (county, act, n, kind, hash) VALUES ($1, $2, $3, $4, $5)

-- name: kind_get (county text, kind text, until_act int) -> (act int, hash blob)
SELECT act, hash FROM kind WHERE county = $1 AND kind = $2 AND act <= $3
ORDER BY act DESC, n DESC LIMIT 1

-- name: kind_all (county text) -> (act int, kind text, hash blob)
SELECT act, kind, hash FROM kind WHERE county = $1 ORDER BY act, n

-- name: subject_add (county text, act int, n int, subject int, kind text, identity text)
INSERT INTO subject (county, act, n, subject, kind, identity) VALUES ($1, $2, $3, $4, $5, $6)

-- name: subject_last (county text) -> (subject int)
SELECT COALESCE(max(subject), 0) FROM subject WHERE county = $1

-- name: subject_get (county text, kind text, identity text) -> (subject int, act int)
SELECT subject, act FROM subject WHERE county = $1 AND kind = $2 AND identity = $3

-- name: subject_of_kind (county text, kind text, until_act int) -> (subject int, identity text) stream
SELECT subject, identity FROM subject WHERE county = $1 AND kind = $2 AND act <= $3
--@sqlite
ORDER BY identity
--@postgres
ORDER BY identity COLLATE "C"
--@both

-- name: subject_known (county text, kind text) -> (subject int, identity text) stream
SELECT subject, identity FROM subject WHERE county = $1 AND kind = $2 ORDER BY act, n

-- name: subject_count (county text) -> (kind text, subjects int)
SELECT kind, count(*) FROM subject WHERE county = $1 GROUP BY kind ORDER BY kind

-- name: report_add (county text, act int, n int, kind text, day int, source text, reporter text, evidence blob?, file blob?, columns text)
INSERT INTO report (county, act, n, kind, day, source, reporter, evidence, file, columns)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: report_of_file (county text, kind text, file blob) -> (act int, body text)
SELECT r.act, a.body FROM report r JOIN act a ON a.county = r.county AND a.act = r.act
WHERE r.county = $1 AND r.kind = $2 AND r.file = $3 ORDER BY r.act

-- name: report_of_kind (county text, kind text, until_act int) -> (act int, n int, day int, columns text) stream
SELECT act, n, day, columns FROM report WHERE county = $1 AND kind = $2 AND act <= $3
ORDER BY act, n

-- name: line_add (county text, act int, n int, report int, subject int, at int, body text)
INSERT INTO line (county, act, n, report, subject, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: line_all (county text, until_act int) -> (act int, n int, report int, subject int, body text) stream
SELECT act, n, report, subject, body FROM line WHERE county = $1 AND act <= $2 ORDER BY act, n

-- Without counts (ANALYZE) SQLite takes a subject to have as many lines as a county, and would read
-- all of them: hence INDEXED BY, wherever one subject is meant. PostgreSQL reads a stream in the
-- order of the primary key, whatever that takes: they are no streams, and the lines come first.
-- name: line_of_subject (county text, subject int, until_act int) -> (act int, n int, report int, subject int, at int, body text, day int, source text, reporter text, file blob?, evidence blob?, columns text, at_us int, actor text)
WITH l AS MATERIALIZED (
    SELECT act, n, report, subject, at, body FROM line
--@sqlite
    INDEXED BY line_subject
--@both
    WHERE county = $1 AND subject IN (
    SELECT CAST($2 AS @int) UNION ALL
    SELECT t.subject FROM subject_twin t WHERE t.county = $1 AND t.into_subject = $2 AND t.act <= $3
    AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $3)) AND act <= $3)
SELECT l.act, l.n, l.report, l.subject, l.at, l.body, r.day, r.source, r.reporter, r.file, r.evidence,
       r.columns, COALESCE(a.at_us, 0), COALESCE(a.actor, '')
FROM l
JOIN report r ON r.county = $1 AND r.act = l.act AND r.n = l.report
LEFT JOIN act a ON a.county = $1 AND a.act = l.act
ORDER BY l.act, l.n

-- name: line_get (county text, act int, n int) -> (subject int, columns text)
SELECT l.subject, r.columns FROM line l
JOIN report r ON r.county = l.county AND r.act = l.act AND r.n = l.report
WHERE l.county = $1 AND l.act = $2 AND l.n = $3

-- name: mark_add (county text, act int, n int, of_act int, of_n int, subject int, field text, verdict int, why text)
INSERT INTO mark (county, act, n, of_act, of_n, subject, field, verdict, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: mark_returned (county text, until_act int) -> (of_act int, of_n int, field text, verdict int) stream
SELECT of_act, of_n, field, verdict FROM mark WHERE county = $1 AND act <= $2
ORDER BY of_act, of_n, act, n

-- name: mark_of_subject (county text, subject int, until_act int) -> (act int, of_act int, of_n int, field text, verdict int, why text, at_us int, actor text)
SELECT m.act, m.of_act, m.of_n, m.field, m.verdict, m.why, COALESCE(a.at_us, 0),
       COALESCE(a.actor, '')
FROM mark m
--@sqlite
INDEXED BY mark_subject
--@both
LEFT JOIN act a ON a.county = m.county AND a.act = m.act
WHERE m.county = $1 AND m.subject IN (
    SELECT CAST($2 AS @int) UNION ALL
    SELECT t.subject FROM subject_twin t WHERE t.county = $1 AND t.into_subject = $2 AND t.act <= $3
    AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $3)) AND m.act <= $3 ORDER BY m.act, m.n

-- name: snapshot_add (county text, act int, n int, kind text, day int, until_act int, subjects int, hash blob)
INSERT INTO snapshot (county, act, n, kind, day, until_act, subjects, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: snapshot_all (county text) -> (act int, kind text, day int, until_act int, subjects int, hash blob)
SELECT act, kind, day, until_act, subjects, hash FROM snapshot WHERE county = $1 ORDER BY act, n

-- name: now_all (county text, kind text) -> (subject int, identity text, name text, former text, locality text, chain text, standing text) stream
SELECT s.subject, s.identity, s.name, s.former, s.locality, s.chain, s.standing FROM subject_now s
WHERE s.county = $1 AND s.kind = $2
AND COALESCE((SELECT t.into_subject FROM subject_twin t WHERE t.county = s.county AND t.subject = s.subject ORDER BY t.act DESC LIMIT 1), 0) = 0
ORDER BY s.subject

-- name: now_set (county text, subject int, kind text, identity text, name text, former text, locality text, chain text, standing text)
INSERT INTO subject_now (county, subject, kind, identity, name, former, locality, chain, standing)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (county, subject) DO UPDATE SET name = excluded.name, former = excluded.former,
    locality = excluded.locality, chain = excluded.chain, standing = excluded.standing

-- name: subject_kind (county text, subject int) -> (kind text, identity text)
SELECT kind, identity FROM subject WHERE county = $1 AND subject = $2

-- name: line_bodies (county text, subject int, until_act int) -> (act int, n int, report int, subject int, body text)
SELECT act, n, report, subject, body FROM line
--@sqlite
INDEXED BY line_subject
--@both
WHERE county = $1 AND subject IN (
    SELECT CAST($2 AS @int) UNION ALL
    SELECT t.subject FROM subject_twin t WHERE t.county = $1 AND t.into_subject = $2 AND t.act <= $3
    AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $3)) AND act <= $3 ORDER BY act, n

-- name: report_of_subject (county text, subject int, until_act int) -> (act int, n int, day int, columns text)
WITH l AS MATERIALIZED (
    SELECT DISTINCT act, report FROM line
--@sqlite
    INDEXED BY line_subject
--@both
    WHERE county = $1 AND subject IN (
    SELECT CAST($2 AS @int) UNION ALL
    SELECT t.subject FROM subject_twin t WHERE t.county = $1 AND t.into_subject = $2 AND t.act <= $3
    AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $3)) AND act <= $3)
SELECT r.act, r.n, r.day, r.columns
FROM l JOIN report r ON r.county = $1 AND r.act = l.act AND r.n = l.report ORDER BY r.act, r.n

-- name: mark_returned_of (county text, subject int, until_act int) -> (of_act int, of_n int, field text, verdict int)
SELECT of_act, of_n, field, verdict FROM mark
--@sqlite
INDEXED BY mark_subject
--@both
WHERE county = $1 AND subject IN (
    SELECT CAST($2 AS @int) UNION ALL
    SELECT t.subject FROM subject_twin t WHERE t.county = $1 AND t.into_subject = $2 AND t.act <= $3
    AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $3)) AND act <= $3 ORDER BY of_act, of_n, act, n

-- name: kind_names (county text) -> (kind text)
SELECT kind FROM kind WHERE county = $1 GROUP BY kind ORDER BY min(act), min(n)

-- name: report_last_day (county text, kind text) -> (day int)
SELECT COALESCE(max(day), -2147483648) FROM report WHERE county = $1 AND kind = $2

-- name: now_kinds () -> (county text, kind text)
SELECT county, kind FROM kind UNION SELECT county, kind FROM subject_now ORDER BY 1, 2

-- Merged subjects as known after an act, of a kind; into 0: into any.
-- name: twin_all (county text, kind text, into int, until_act int) -> (subject int, into_subject int, identity text)
SELECT t.subject, t.into_subject, s.identity FROM subject_twin t
JOIN subject s ON s.county = t.county AND s.subject = t.subject
WHERE t.county = $1 AND s.kind = $2 AND ($3 = 0 OR t.into_subject = $3) AND t.into_subject > 0 AND t.act <= $4
AND NOT EXISTS (SELECT 1 FROM subject_twin x WHERE x.county = t.county AND x.subject = t.subject AND x.act > t.act AND x.act <= $4)
ORDER BY t.subject

-- The last that was said; into 0: it is one by itself.
-- name: twin_of (county text, subject int) -> (into_subject int)
SELECT into_subject FROM subject_twin WHERE county = $1 AND subject = $2 ORDER BY act DESC LIMIT 1

-- name: twin_add (county text, act int, n int, subject int, into int, why text)
INSERT INTO subject_twin (county, act, n, subject, into_subject, why) VALUES ($1, $2, $3, $4, $5, $6)

-- name: apart_add (county text, act int, n int, subject int, other int, why text)
INSERT INTO subject_apart (county, act, n, subject, other, why) VALUES ($1, $2, $3, $4, $5, $6)

-- name: apart_all (county text, kind text) -> (subject int, other int)
SELECT DISTINCT a.subject, a.other FROM subject_apart a
JOIN subject s ON s.county = a.county AND s.subject = a.subject
WHERE a.county = $1 AND s.kind = $2 ORDER BY a.subject, a.other

-- What subjects said of themselves by hand, as far as something of it was not looked at or was sent
-- back: by their accounts, which is told by who acted.
-- name: check_all (county text, locality text) -> (subject int, kind text, identity text, name text, locality text, actor text)
SELECT DISTINCT s.subject, s.kind, s.identity, s.name, s.locality, a.actor
FROM report r
JOIN line l ON l.county = r.county AND l.act = r.act AND l.report = r.n
JOIN act a ON a.county = r.county AND a.act = r.act
JOIN account o ON o.county = r.county AND o.name = a.actor AND o.subject = l.subject
JOIN subject_now s ON s.county = r.county AND s.subject = l.subject
WHERE r.county = $1 AND r.file IS NULL AND substr(s.locality, 1, length($2)) = $2
AND (NOT EXISTS (SELECT 1 FROM mark m WHERE m.county = l.county AND m.of_act = l.act AND m.of_n = l.n AND m.field = '')
    OR EXISTS (SELECT 1 FROM mark m WHERE m.county = l.county AND m.of_act = l.act AND m.of_n = l.n AND m.verdict = 2))
ORDER BY s.kind, s.subject

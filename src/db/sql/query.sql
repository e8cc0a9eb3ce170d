-- Rosters: what changed behind an act.

-- Of a merged subject: the one it went into.
-- name: changed_subjects (county text, after int, until int) -> (kind text, subject int) stream
SELECT DISTINCT s.kind, s.subject
FROM (SELECT subject FROM line WHERE county = $1 AND act > $2 AND act <= $3
      UNION SELECT subject FROM mark WHERE county = $1 AND act > $2 AND act <= $3
      UNION SELECT subject FROM subject WHERE county = $1 AND act > $2 AND act <= $3) c
JOIN subject s ON s.county = $1 AND s.subject = COALESCE(
    (SELECT CASE t.into_subject WHEN 0 THEN t.subject ELSE t.into_subject END FROM subject_twin t
     WHERE t.county = $1 AND t.subject = c.subject AND t.act <= $3 ORDER BY t.act DESC LIMIT 1), c.subject)
ORDER BY s.kind, s.subject

-- By their documents, and by subjects that were merged or split.
-- name: changed_kinds (county text, after int, until int) -> (kind text)
SELECT kind FROM kind WHERE county = $1 AND act > $2 AND act <= $3
UNION SELECT s.kind FROM subject_twin t JOIN subject s ON s.county = t.county AND s.subject = t.subject
WHERE t.county = $1 AND t.act > $2 AND t.act <= $3

-- name: changed_runs (county text, after int, until int) -> (kind text)
SELECT DISTINCT r.kind FROM run_step s JOIN run r ON r.county = s.county AND r.run = s.run
WHERE s.county = $1 AND s.act > $2 AND s.act <= $3

-- Published (state 4) or only computed (2), neither withdrawn (7) nor replaced (8); the newest first.
-- name: runs_in_force (county text, kind text, published int, most int) -> (run int)
SELECT r.run FROM run r
WHERE r.county = $1 AND r.kind = $2
  AND EXISTS (SELECT 1 FROM run_step s
              WHERE s.county = r.county AND s.run = r.run AND s.state = 2)
  AND $3 = (SELECT count(*) FROM run_step s
            WHERE s.county = r.county AND s.run = r.run AND s.state = 4)
  AND NOT EXISTS (SELECT 1 FROM run_step s
                  WHERE s.county = r.county AND s.run = r.run AND s.state IN (7, 8))
ORDER BY r.run DESC LIMIT $4

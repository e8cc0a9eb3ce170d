-- What the cockpit counts that no roster holds: points and payments of each subject and year.

-- Accounts 6, 7, 8: held, spent, expired.
-- name: cockpit_points (county text) -> (owner text, year int, held int, spent int, expired int) stream
SELECT a.owner, a.year,
  CAST(sum(CASE WHEN a.kind = 6 THEN b.posted ELSE 0 END) AS @int),
  CAST(sum(CASE WHEN a.kind = 7 THEN b.posted ELSE 0 END) AS @int),
  CAST(sum(CASE WHEN a.kind = 8 THEN b.posted ELSE 0 END) AS @int)
FROM ledger_account a JOIN ledger_balance b ON b.county = a.county AND b.account = a.act * 1048576 + a.n
WHERE a.county = $1 AND a.kind IN (6, 7, 8) GROUP BY a.owner, a.year ORDER BY a.owner, a.year

-- State 4: the bank paid.
-- name: cockpit_paid (county text) -> (subject text, year int, paid int, claimed int)
SELECT o.subject, o.year, CAST(sum(p.amount) AS @int), CAST(sum(p.claimed) AS @int)
FROM ledger_payment p
JOIN ledger_op o ON o.county = p.county AND o.act = p.payment / 1048576 AND o.n = p.payment % 1048576
WHERE p.county = $1 AND p.state = 4 GROUP BY o.subject, o.year ORDER BY o.subject, o.year

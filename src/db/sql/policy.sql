-- Policies: what stands in the ledger of a subject by policy. kind 18 is a request for payment, state 4 settled.

-- name: policy_granted (county text, subject text) -> (policy text, fen int)
SELECT policy, CAST(sum(used) AS @int) FROM ledger_use
WHERE county = $1 AND scope = 1 AND holder = $2 GROUP BY policy ORDER BY policy

-- name: policy_paid (county text, subject text) -> (policy text, fen int)
SELECT o.policy, CAST(sum(p.amount - p.claimed) AS @int)
FROM ledger_op o JOIN ledger_payment p ON p.county = o.county AND p.payment = o.act * 1048576 + o.n
WHERE o.county = $1 AND o.subject = $2 AND o.kind = 18 AND p.state = 4 GROUP BY o.policy ORDER BY o.policy

-- name: policy_granted_all (county text) -> (policy text, fen int)
SELECT policy, CAST(sum(used) AS @int) FROM ledger_use
WHERE county = $1 AND scope = 1 GROUP BY policy ORDER BY policy

-- name: policy_paid_all (county text) -> (policy text, fen int)
SELECT o.policy, CAST(sum(p.amount - p.claimed) AS @int)
FROM ledger_op o JOIN ledger_payment p ON p.county = o.county AND p.payment = o.act * 1048576 + o.n
WHERE o.county = $1 AND o.kind = 18 AND p.state = 4 GROUP BY o.policy ORDER BY o.policy

-- name: policy_told_add (county text, act int, n int, policy text, name text, subject int)
INSERT INTO policy_told (county, act, n, policy, name, subject) VALUES ($1, $2, $3, $4, $5, $6)

-- name: policy_told_to (county text, policy text) -> (subject int)
SELECT subject FROM policy_told WHERE county = $1 AND policy = $2 ORDER BY subject

-- name: policy_told_last (county text, policy text) -> (n int, at_us int?)
SELECT count(*), max(a.at_us) FROM policy_told t JOIN act a ON a.county = t.county AND a.act = t.act
WHERE t.county = $1 AND t.policy = $2

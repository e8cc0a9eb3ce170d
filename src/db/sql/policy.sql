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

-- Access: accounts, roles, credentials, sessions, consent. Numbers of delegations, consents,
-- assignments and tokens are act * 1048576 + n.

-- name: account_last (county text) -> (account int)
SELECT account FROM account WHERE county = $1 ORDER BY account DESC LIMIT 1

-- name: account_add (county text, act int, n int, account int, name text, title text, side int, locality text, subject int?, organisation text)
INSERT INTO account (county, act, n, account, name, title, side, locality, subject, organisation)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: account_named (county text, name text) -> (account int)
SELECT account FROM account WHERE county = $1 AND name = $2

-- Of a merged subject: the one it went into.
-- name: account_get (county text, account int) -> (name text, title text, side int, locality text, subject int?, kind text?, identity text?, organisation text, state int, second int)
SELECT a.name, a.title, a.side, a.locality, s.subject, s.kind, s.identity, a.organisation,
       COALESCE((SELECT t.state FROM account_state t WHERE t.county = a.county AND t.account = a.account
                 ORDER BY t.act DESC, t.n DESC LIMIT 1), 1),
       CAST((SELECT count(*) FROM credential c WHERE c.county = a.county AND c.account = a.account
             AND c.kind = 2) AS @int)
FROM account a LEFT JOIN subject s ON s.county = a.county AND s.subject = COALESCE(
    (SELECT CASE t.into_subject WHEN 0 THEN t.subject ELSE t.into_subject END FROM subject_twin t
     WHERE t.county = a.county AND t.subject = a.subject ORDER BY t.act DESC LIMIT 1), a.subject)
WHERE a.county = $1 AND a.account = $2

-- name: account_all (county text, after int, n int, q text) -> (account int, name text, title text, side int, locality text, subject int?, kind text?, identity text?, organisation text, state int, second int) stream
SELECT a.account, a.name, a.title, a.side, a.locality, a.subject, s.kind, s.identity, a.organisation,
       COALESCE((SELECT t.state FROM account_state t WHERE t.county = a.county AND t.account = a.account
                 ORDER BY t.act DESC, t.n DESC LIMIT 1), 1),
       CAST((SELECT count(*) FROM credential c WHERE c.county = a.county AND c.account = a.account
             AND c.kind = 2) AS @int)
FROM account a LEFT JOIN subject s ON s.county = a.county AND s.subject = a.subject
WHERE a.county = $1 AND a.account > $2 AND a.name || ' ' || a.title LIKE '%' || $4 || '%'
ORDER BY a.account LIMIT $3

-- name: account_organisations (county text) -> (organisation text)
SELECT DISTINCT organisation FROM account
WHERE county = $1 AND organisation <> '' ORDER BY organisation

-- name: account_role_add (county text, act int, n int, account int, side int, role int, given int)
INSERT INTO account_role (county, act, n, account, side, role, given) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: account_roles (county text, account int) -> (role int, given int)
SELECT role, given FROM account_role WHERE county = $1 AND account = $2 ORDER BY act, n

-- name: account_state_add (county text, act int, n int, account int, state int, why text)
INSERT INTO account_state (county, act, n, account, state, why) VALUES ($1, $2, $3, $4, $5, $6)

-- name: account_states (county text, account int) -> (state int, why text, actor text, at_us int) stream
SELECT s.state, s.why, a.actor, a.at_us
FROM account_state s JOIN act a ON a.county = s.county AND a.act = s.act
WHERE s.county = $1 AND s.account = $2 ORDER BY s.act, s.n

-- name: delegation_add (county text, act int, n int, lender int, borrower int, side int, role int, first_day int, last_day int, why text)
INSERT INTO delegation (county, act, n, lender, borrower, side, role, first_day, last_day, why)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: delegation_end_add (county text, act int, n int, delegation int)
INSERT INTO delegation_end (county, act, n, delegation) VALUES ($1, $2, $3, $4)

-- name: delegation_get (county text, delegation int) -> (lender int, borrower int, role int, first_day int, last_day int, ended int)
SELECT d.lender, d.borrower, d.role, d.first_day, d.last_day,
       CAST((SELECT count(*) FROM delegation_end e WHERE e.county = d.county
             AND e.delegation = d.act * 1048576 + d.n) AS @int)
FROM delegation d WHERE d.county = $1 AND d.act = $2 / 1048576 AND d.n = $2 % 1048576

-- In force only while its lender has the role and an account that works.
-- name: delegation_roles (county text, borrower int, day int) -> (role int)
SELECT d.role FROM delegation d
WHERE d.county = $1 AND d.borrower = $2 AND d.first_day <= $3 AND d.last_day >= $3
AND NOT EXISTS (SELECT 1 FROM delegation_end e WHERE e.county = d.county
                AND e.delegation = d.act * 1048576 + d.n)
AND COALESCE((SELECT r.given FROM account_role r WHERE r.county = d.county AND r.account = d.lender
              AND r.role = d.role ORDER BY r.act DESC, r.n DESC LIMIT 1), 0) = 1
AND COALESCE((SELECT t.state FROM account_state t WHERE t.county = d.county AND t.account = d.lender
              ORDER BY t.act DESC, t.n DESC LIMIT 1), 1) = 1

-- name: delegation_all (county text, account int, day int) -> (delegation int, lender text, borrower text, role int, first_day int, last_day int, why text, ended int) stream
SELECT d.act * 1048576 + d.n, l.name, b.name, d.role, d.first_day, d.last_day, d.why,
       CAST((SELECT count(*) FROM delegation_end e WHERE e.county = d.county
             AND e.delegation = d.act * 1048576 + d.n) AS @int)
FROM delegation d
JOIN account l ON l.county = d.county AND l.account = d.lender
JOIN account b ON b.county = d.county AND b.account = d.borrower
WHERE d.county = $1 AND ($2 = 0 OR d.lender = $2 OR d.borrower = $2) AND d.last_day >= $3
ORDER BY d.act, d.n

-- name: consent_add (county text, act int, n int, subject int, organisation text, purpose text, fields text, until_us int)
INSERT INTO consent (county, act, n, subject, organisation, purpose, fields, until_us)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: consent_end_add (county text, act int, n int, consent int)
INSERT INTO consent_end (county, act, n, consent) VALUES ($1, $2, $3, $4)

-- name: consent_get (county text, consent int) -> (subject int, ended int)
SELECT c.subject, CAST((SELECT count(*) FROM consent_end e WHERE e.county = c.county
                        AND e.consent = c.act * 1048576 + c.n) AS @int)
FROM consent c WHERE c.county = $1 AND c.act = $2 / 1048576 AND c.n = $2 % 1048576

-- name: consent_live (county text, organisation text, now_us int) -> (consent int, subject int, kind text, purpose text, fields text, until_us int)
SELECT c.act * 1048576 + c.n, c.subject, s.kind, c.purpose, c.fields, c.until_us
FROM consent c JOIN subject s ON s.county = c.county AND s.subject = c.subject
WHERE c.county = $1 AND c.organisation = $2 AND c.until_us > $3
AND NOT EXISTS (SELECT 1 FROM consent_end e WHERE e.county = c.county
                AND e.consent = c.act * 1048576 + c.n)
ORDER BY c.subject, c.act, c.n

-- name: consent_of (county text, subject int) -> (consent int, organisation text, purpose text, fields text, until_us int, actor text, at_us int, ended_us int?) stream
SELECT c.act * 1048576 + c.n, c.organisation, c.purpose, c.fields, c.until_us, a.actor, a.at_us,
       (SELECT b.at_us FROM consent_end e JOIN act b ON b.county = e.county AND b.act = e.act
        WHERE e.county = c.county AND e.consent = c.act * 1048576 + c.n)
FROM consent c JOIN act a ON a.county = c.county AND a.act = c.act
WHERE c.county = $1 AND c.subject = $2 ORDER BY c.act, c.n

-- name: assignment_add (county text, act int, n int, account int, side int, subject int, task text, last_day int)
INSERT INTO assignment (county, act, n, account, side, subject, task, last_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: assignment_end_add (county text, act int, n int, assignment int, why text)
INSERT INTO assignment_end (county, act, n, assignment, why) VALUES ($1, $2, $3, $4, $5)

-- name: assignment_get (county text, assignment int) -> (account int, subject int, ended int)
SELECT x.account, x.subject, CAST((SELECT count(*) FROM assignment_end e WHERE e.county = x.county
                                   AND e.assignment = x.act * 1048576 + x.n) AS @int)
FROM assignment x WHERE x.county = $1 AND x.act = $2 / 1048576 AND x.n = $2 % 1048576

-- name: assignment_live (county text, account int, day int) -> (assignment int, subject int, kind text, task text, last_day int)
SELECT x.act * 1048576 + x.n, x.subject, s.kind, x.task, x.last_day
FROM assignment x JOIN subject s ON s.county = x.county AND s.subject = x.subject
WHERE x.county = $1 AND x.account = $2 AND x.last_day >= $3
AND NOT EXISTS (SELECT 1 FROM assignment_end e WHERE e.county = x.county
                AND e.assignment = x.act * 1048576 + x.n)
ORDER BY x.subject, x.act, x.n

-- name: tie_add (county text, act int, n int, account int, subject int, kind int, last_day int?, why text)
INSERT INTO tie (county, act, n, account, subject, kind, last_day, why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: tie_of (county text, account int, subject int) -> (kind int, last_day int?)
SELECT kind, last_day FROM tie WHERE county = $1 AND account = $2 AND subject = $3 ORDER BY act, n

-- Told of people, newest first: of one, or of everybody.
-- name: tie_all (county text, account int, everybody int) -> (title text, subject_kind text, identity text, kind int, last_day int?, why text, actor text, at_us int)
SELECT c.title, s.kind, s.identity, t.kind, t.last_day, t.why, a.actor, a.at_us
FROM tie t JOIN account c ON c.county = t.county AND c.account = t.account
JOIN subject s ON s.county = t.county AND s.subject = t.subject
JOIN act a ON a.county = t.county AND a.act = t.act
WHERE t.county = $1 AND (t.account = $2 OR $3 = 1) ORDER BY t.act DESC, t.n DESC LIMIT 500

-- name: account_subject (county text, identity text) -> (subject int)
SELECT subject FROM subject WHERE county = $1 AND identity = $2 ORDER BY subject

-- name: api_token_add (county text, act int, n int, account int, title text, scopes int, until_us int)
INSERT INTO api_token (county, act, n, account, title, scopes, until_us) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: api_token_end_add (county text, act int, n int, token int)
INSERT INTO api_token_end (county, act, n, token) VALUES ($1, $2, $3, $4)

-- name: api_token_get (county text, token int) -> (account int, title text, scopes int, until_us int, ended int)
SELECT t.account, t.title, t.scopes, t.until_us,
       CAST((SELECT count(*) FROM api_token_end e WHERE e.county = t.county
             AND e.token = t.act * 1048576 + t.n) AS @int)
FROM api_token t WHERE t.county = $1 AND t.act = $2 / 1048576 AND t.n = $2 % 1048576

-- name: api_token_all (county text, account int) -> (token int, account int, name text, title text, scopes int, until_us int, used int?, ended int) stream
SELECT t.act * 1048576 + t.n, t.account, a.name, t.title, t.scopes, t.until_us,
       (SELECT c.used FROM credential c WHERE c.county = t.county AND c.account = t.account
        AND c.kind = 4 AND c.no = t.act * 1048576 + t.n),
       CAST((SELECT count(*) FROM api_token_end e WHERE e.county = t.county
             AND e.token = t.act * 1048576 + t.n) AS @int)
FROM api_token t JOIN account a ON a.county = t.county AND a.account = t.account
WHERE t.county = $1 AND ($2 = 0 OR t.account = $2) ORDER BY t.act, t.n

-- name: account_oidc_add (county text, act int, n int, account int, issuer text, person text)
INSERT INTO account_oidc (county, act, n, account, issuer, person) VALUES ($1, $2, $3, $4, $5, $6)

-- name: account_oidc_find (county text, issuer text, person text) -> (account int)
SELECT account FROM account_oidc WHERE county = $1 AND issuer = $2 AND person = $3

-- name: credential_set_add (county text, act int, n int, account int, kind int, no int, mark blob)
INSERT INTO credential_set (county, act, n, account, kind, no, mark) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: credential_set_last (county text, account int, kind int, no int) -> (mark blob)
SELECT mark FROM credential_set
WHERE county = $1 AND account = $2 AND kind = $3 AND no = $4 ORDER BY act DESC, n DESC LIMIT 1

-- name: credential_put (county text, account int, kind int, no int, secret blob, must_change int, used int)
INSERT INTO credential (county, account, kind, no, secret, must_change, used)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (county, account, kind, no)
DO UPDATE SET secret = excluded.secret, must_change = excluded.must_change, used = excluded.used

-- name: credential_drop (county text, account int, kind int, no int) one
DELETE FROM credential WHERE county = $1 AND account = $2 AND kind = $3 AND no = $4

-- name: credential_use (county text, account int, kind int, no int, used int)
UPDATE credential SET used = $5 WHERE county = $1 AND account = $2 AND kind = $3 AND no = $4 AND used < $5

-- The secret, and the mark that it should have.
-- name: credential_get (county text, account int, kind int, no int) -> (secret blob, must_change int, used int, mark blob?)
SELECT c.secret, c.must_change, c.used,
       (SELECT s.mark FROM credential_set s WHERE s.county = c.county AND s.account = c.account
        AND s.kind = c.kind AND s.no = c.no ORDER BY s.act DESC, s.n DESC LIMIT 1)
FROM credential c WHERE c.county = $1 AND c.account = $2 AND c.kind = $3 AND c.no = $4

-- name: credential_of_kind (county text, account int, kind int) -> (no int)
SELECT no FROM credential WHERE county = $1 AND account = $2 AND kind = $3 ORDER BY no

-- name: credential_by_token (county text, secret blob) -> (account int, no int)
SELECT account, no FROM credential WHERE county = $1 AND kind = 4 AND secret = $2

-- name: session_add (county text, session int, account int, hash blob, roles int, made_us int, until_us int, source text, agent text)
INSERT INTO session (county, session, account, hash, roles, made_us, seen_us, step_us, until_us, source, agent)
VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8, $9)

-- name: session_find (county text, hash blob, seen_us int, now_us int) -> (session int, account int, roles int, made_us int, seen_us int, step_us int, until_us int, must_change int)
SELECT s.session, s.account, s.roles, s.made_us, s.seen_us, s.step_us, s.until_us,
       COALESCE((SELECT c.must_change FROM credential c WHERE c.county = s.county
                 AND c.account = s.account AND c.kind = 1 AND c.no = 0), 0)
FROM session s WHERE s.county = $1 AND s.hash = $2 AND s.seen_us > $3 AND s.until_us > $4

-- name: session_get (county text, session int, seen_us int, now_us int) -> (account int, roles int)
SELECT account, roles FROM session
WHERE county = $1 AND session = $2 AND seen_us > $3 AND until_us > $4

-- name: session_all (county text, account int, seen_us int, now_us int) -> (session int, made_us int, seen_us int, until_us int, source text, agent text)
SELECT session, made_us, seen_us, until_us, source, agent FROM session
WHERE county = $1 AND account = $2 AND seen_us > $3 AND until_us > $4 ORDER BY session

-- name: session_touch (county text, session int, seen_us int)
UPDATE session SET seen_us = $3 WHERE county = $1 AND session = $2 AND seen_us < $3

-- name: session_turn (county text, session int, hash blob, roles int, step_us int) one
UPDATE session SET hash = $3, roles = $4, step_us = $5 WHERE county = $1 AND session = $2

-- name: session_drop (county text, session int) one
DELETE FROM session WHERE county = $1 AND session = $2

-- name: session_drop_others (county text, account int, keep int)
DELETE FROM session WHERE county = $1 AND account = $2 AND session <> $3

-- name: session_drop_old (county text, seen_us int, now_us int)
DELETE FROM session WHERE county = $1 AND (seen_us <= $2 OR until_us <= $3)

-- name: login_budget_get (county text, holder text) -> (full_us int)
SELECT full_us FROM login_budget WHERE county = $1 AND holder = $2

-- name: login_budget_set (county text, holder text, full_us int)
INSERT INTO login_budget (county, holder, full_us) VALUES ($1, $2, $3)
ON CONFLICT (county, holder) DO UPDATE SET full_us = excluded.full_us

-- name: login_budget_give (county text, holder text, us int)
UPDATE login_budget SET full_us = full_us - $3 WHERE county = $1 AND holder = $2

-- name: login_budget_drop_full (county text, now_us int)
DELETE FROM login_budget WHERE county = $1 AND full_us <= $2

-- name: login_known (county text, account int, source text, since_us int) -> (at_us int)
SELECT at_us FROM login_known WHERE county = $1 AND account = $2 AND source = $3 AND at_us > $4

-- name: login_known_set (county text, account int, source text, at_us int)
INSERT INTO login_known (county, account, source, at_us) VALUES ($1, $2, $3, $4)
ON CONFLICT (county, account, source) DO UPDATE SET at_us = excluded.at_us

-- name: login_known_drop_old (county text, since_us int)
DELETE FROM login_known WHERE county = $1 AND at_us <= $2

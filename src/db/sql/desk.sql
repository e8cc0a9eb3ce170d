-- Views that were kept, and notices.

-- name: view_add (county text, account int, view int, kind text, title text, query text, at_us int)
INSERT INTO view_kept (county, account, view, kind, title, query, at_us) VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: view_rename (county text, account int, view int, title text) one
UPDATE view_kept SET title = $4 WHERE county = $1 AND account = $2 AND view = $3

-- name: view_count (county text, account int) -> (n int)
SELECT count(*) FROM view_kept WHERE county = $1 AND account = $2

-- Own ones, the team's, and to a desk of the county those that are locked.
-- name: view_all (county text, account int, team text, desk int) -> (view int, kind text, title text, query text, at_us int, account int, owner text, state int)
SELECT v.view, v.kind, v.title, v.query, v.at_us, v.account, a.name, coalesce(s.state, 0)
FROM view_kept v JOIN account a ON a.county = v.county AND a.account = v.account
LEFT JOIN view_shared s ON s.county = v.county AND s.view = v.view
WHERE v.county = $1 AND (v.account = $2 OR s.team = $3 OR s.state = 2 AND $4 = 1) ORDER BY v.view

-- name: view_get (county text, account int, team text, desk int, view int) -> (kind text, query text, account int, state int)
SELECT v.kind, v.query, v.account, coalesce(s.state, 0)
FROM view_kept v LEFT JOIN view_shared s ON s.county = v.county AND s.view = v.view
WHERE v.county = $1 AND (v.account = $2 OR s.team = $3 OR s.state = 2 AND $4 = 1) AND v.view = $5

-- name: view_share (county text, view int, state int, team text)
INSERT INTO view_shared (county, view, state, team) VALUES ($1, $2, $3, $4)
ON CONFLICT (county, view) DO UPDATE SET state = excluded.state

-- name: view_unshare (county text, view int)
DELETE FROM view_shared WHERE county = $1 AND view = $2

-- name: view_end (county text, account int, view int) one
DELETE FROM view_kept WHERE county = $1 AND account = $2 AND view = $3

-- Notices are read from what happened, whoever did it and however: nothing is written to tell
-- anybody. 1 a run is published, to all; 2, 3 an appeal is rejected or upheld, to who made it; 4, 5
-- a consent is given or taken back, to the bank; 6, 7 a payment is paid or bounced, to its subject
-- and to who asked for it; 8 a policy applies, to its subject; 9 that so many were told so, to those
-- who follow the policy: who keep a view of kind 政策 by its code or name. Of cases, but not what
-- one did oneself: 10 a step told a role or the subject, 11 it is theirs to do, or somebody was
-- asked to review; 12 a bid came, to the subject and to who opened the case; 13 its term is near its
-- end, to those it waits for: that was told by an act of its own. Whether they see the case is
-- asked by the subject that comes with it. 14 a fact was sent back, to its subject.
-- name: notice_all (county text, name text, account int, own text, organisation text, subject int, before int, roles int, its_own int) -> (kind int, act int, at_us int, object int, place text, words text, subject int, of_kind text?, locality text?) stream
SELECT e.kind, e.act, a.at_us, e.object, e.place, e.words, coalesce(f.subject, 0), n.kind, n.locality FROM (
    SELECT 1 AS kind, s.act AS act, s.run AS object, '' AS place, r.title AS words
    FROM run_step s JOIN run r ON r.county = s.county AND r.run = s.run
    WHERE s.county = $1 AND s.state = 4
    UNION ALL
    SELECT 2 + d.upheld, d.act, d.appeal, CAST(p.run AS text), p.identity
    FROM appeal_decided d
    JOIN appeal p ON p.county = d.county AND p.appeal = d.appeal
    JOIN act m ON m.county = p.county AND m.act = p.act
    WHERE d.county = $1 AND m.actor = $2
    UNION ALL
    SELECT 4, n.act, n.act * 1048576 + n.n, '', s.identity
    FROM consent n JOIN subject s ON s.county = n.county AND s.subject = n.subject
    WHERE n.county = $1 AND n.organisation = $5 AND n.organisation <> ''
    UNION ALL
    SELECT 5, x.act, x.consent, '', s.identity
    FROM consent_end x
    JOIN consent n ON n.county = x.county AND n.act = x.consent / 1048576 AND n.n = x.consent % 1048576
    JOIN subject s ON s.county = n.county AND s.subject = n.subject
    WHERE x.county = $1 AND n.organisation = $5 AND n.organisation <> ''
    UNION ALL
    SELECT o.kind - 20, o.act, o.about, '', o.subject
    FROM ledger_op o
    WHERE o.county = $1 AND o.subject = $4 AND o.subject <> '' AND o.kind IN (26, 27)
    UNION ALL
    SELECT o.kind - 20, o.act, o.about, '', o.subject
    FROM ledger_payment p JOIN ledger_op o ON o.county = p.county AND o.about = p.payment AND o.kind IN (26, 27)
    WHERE p.county = $1 AND p.maker = $2
    UNION ALL
    SELECT 8, t.act, t.n, t.policy, t.name
    FROM policy_told t WHERE t.county = $1 AND t.subject = $6
    UNION ALL
    SELECT DISTINCT 9, t.act, 0, t.policy, t.name
    FROM view_kept v JOIN policy_told t ON t.county = v.county AND t.policy = v.title
    WHERE v.county = $1 AND v.account = $3 AND v.kind = '政策'
    UNION ALL
    SELECT 14, m.act, m.of_act, '', CASE m.field WHEN '' THEN '填报' ELSE m.field END
    FROM mark m WHERE m.county = $1 AND m.subject = $6 AND m.verdict = 2
    UNION ALL
    SELECT DISTINCT k.kind, k.act, k.number, '', c.type || CASE c.title WHEN '' THEN '' ELSE ' ' || c.title END
    FROM (
        SELECT CASE WHEN t.act <> s.act THEN 13 ELSE 10 + t.task END AS kind, t.act AS act, t.number AS number
        FROM flow_told t
        JOIN flow_step s ON s.county = t.county AND s.number = t.number AND s.seq = t.seq
        JOIN flow_case c ON c.county = t.county AND c.number = t.number
        WHERE t.county = $1 AND ((t.who & $8) <> 0 OR ((t.who & $9) <> 0 AND c.subject = $6))
        UNION ALL
        SELECT 11, s.act, s.number
        FROM flow_case c JOIN flow_step s ON s.county = c.county AND s.number = c.number
        WHERE c.county = $1 AND c.subject = $6 AND (s.waits & $9) <> 0 AND s.kind <> 4
        UNION ALL
        SELECT 11, x.act, c.number
        FROM assignment x JOIN flow_case c ON c.county = x.county AND x.task = 'case ' || c.number
        WHERE x.county = $1 AND x.account = $3
        UNION ALL
        SELECT 12, b.act, b.number
        FROM flow_bid b
        JOIN flow_case c ON c.county = b.county AND c.number = b.number
        JOIN act o ON o.county = c.county AND o.act = c.act
        WHERE b.county = $1 AND (c.subject = $6 OR o.actor = $2)
    ) AS k JOIN flow_case c ON c.county = $1 AND c.number = k.number
) AS e JOIN act a ON a.county = $1 AND a.act = e.act
LEFT JOIN flow_case f ON f.county = $1 AND f.number = e.object AND e.kind BETWEEN 10 AND 13
LEFT JOIN subject_now n ON n.county = $1 AND n.subject = f.subject
WHERE e.act < $7 AND (e.kind < 10 OR a.actor <> $2) ORDER BY e.act DESC, e.object

-- Up to which act: what was before the account is no news to it.
-- name: notice_mark (county text, account int) -> (act int)
SELECT coalesce(s.act, a.act) FROM account a
LEFT JOIN notice_seen s ON s.county = a.county AND s.account = a.account
WHERE a.county = $1 AND a.account = $2

-- name: notice_see (county text, account int, act int)
INSERT INTO notice_seen (county, account, act) VALUES ($1, $2, $3)
ON CONFLICT (county, account) DO UPDATE
SET act = CASE WHEN excluded.act > notice_seen.act THEN excluded.act ELSE notice_seen.act END

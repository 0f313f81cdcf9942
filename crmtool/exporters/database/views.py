"""The views of the SQLite export: what the reports show, a query each."""

from __future__ import annotations

VIEWS = """
-- What deserves attention, in order.
CREATE VIEW focus AS
SELECT c.attention, c.id AS contact, c.name, c.organization, c.owner, s.label AS status, c.verdict, c.overdue, c.since,
  CAST(julianday(w.day) - julianday(c.since) AS INTEGER) AS days, c.decide_by, c.distance, c.clarity, c.value,
  n.step AS next_step, n.due AS next_due, n.proposed AS step_is_proposed
FROM contacts AS c JOIN statuses AS s ON s.id = c.status CROSS JOIN workspace AS w
  LEFT JOIN next_steps AS n ON n.contact = c.id
WHERE c.verdict <> 'done'
ORDER BY c.attention;

-- All contacts, by status and within each by attention.
CREATE VIEW pipeline AS
SELECT s.position, s.label AS status, s.asks, c.id AS contact, c.name, c.organization, c.owner, c.verdict, c.overdue,
  c.since, CAST(julianday(w.day) - julianday(c.since) AS INTEGER) AS days, c.decide_by, c.distance, c.value
FROM contacts AS c JOIN statuses AS s ON s.id = c.status CROSS JOIN workspace AS w
ORDER BY s.position, c.attention;

-- Each status with how many contacts it holds, and should hold at most.
CREATE VIEW pipeline_totals AS
SELECT s.position, s.id AS status, s.label, s.kind, s.asks, s.most, count(c.id) AS contacts,
  coalesce(sum(c.overdue), 0) AS overdue, round(coalesce(sum(c.value), 0), 2) AS value
FROM statuses AS s LEFT JOIN contacts AS c ON c.status = s.id
WHERE s.known
GROUP BY s.id
ORDER BY s.position;

-- Who waits for a decision now; one to be stopped is here only where its decision is overdue as well.
CREATE VIEW pending_decisions AS
SELECT c.attention, c.id AS contact, c.name, c.organization, c.owner, s.label AS status, s.asks, c.verdict, c.overdue,
  coalesce(c.decide_by, CASE WHEN s.kind = 'hold' THEN c.revisit END) AS due, c.distance
FROM contacts AS c JOIN statuses AS s ON s.id = c.status
WHERE c.verdict = 'decide' OR (c.verdict = 'stop' AND c.overdue)
ORDER BY due IS NULL, due, c.attention;

-- The decisions taken up to the day, the latest first. How a contact came in is an entry and no decision.
CREATE VIEW decision_log AS
SELECT d.date, d.contact, c.name, c.organization, c.owner, d.outcome, f.label AS from_status, t.label AS to_status,
  r.label AS reason, d.because, d.taken_by, d.confirmed_by, d.chance
FROM decisions AS d JOIN contacts AS c ON c.id = d.contact JOIN statuses AS t ON t.id = d.to_status
  LEFT JOIN statuses AS f ON f.id = d.from_status LEFT JOIN reasons AS r ON r.status = d.to_status AND r.id = d.reason
WHERE d.outcome IS NOT NULL
ORDER BY d.date DESC, d.contact, d.position DESC;

-- How many decisions of each week came to what; the week begins on the Monday.
CREATE VIEW decisions_by_week AS
SELECT date(date, 'weekday 0', '-6 days') AS week, outcome, count(*) AS decisions
FROM decisions
WHERE outcome <> 'entry'
GROUP BY week, outcome
ORDER BY week DESC, outcome;

-- Which criteria each contact lacks for a way forward, each once, with the question that would settle it.
CREATE VIEW missing_criteria AS
SELECT c.attention, m.contact, c.name, c.organization, c.owner, s.label AS status, k.label AS criterion, m.state,
  k.question, group_concat(DISTINCT m.transition_id) AS transitions
FROM missing AS m JOIN contacts AS c ON c.id = m.contact JOIN statuses AS s ON s.id = c.status
  JOIN criteria AS k ON k.id = m.criterion
GROUP BY m.contact, m.criterion
ORDER BY c.attention, k.position;

-- Which criterion holds up the most contacts.
CREATE VIEW criteria_lacking AS
SELECT k.id AS criterion, k.label, k.question, count(DISTINCT m.contact) AS contacts
FROM criteria AS k JOIN missing AS m ON m.criterion = k.id
GROUP BY k.id
ORDER BY contacts DESC, k.position;

-- What waits, for what and until when: blocked on the day, or on hold.
CREATE VIEW blocked AS
SELECT * FROM (
SELECT c.id AS contact, c.name, c.organization, c.owner, s.label AS status, c.verdict, b.waits_for, b.since, b.until
FROM blocks AS b JOIN contacts AS c ON c.id = b.contact JOIN statuses AS s ON s.id = c.status CROSS JOIN workspace AS w
WHERE s.kind = 'active' AND b.since <= w.day AND (b.until IS NULL OR b.until >= w.day)
UNION ALL
SELECT c.id, c.name, c.organization, c.owner, s.label, c.verdict, d.because, c.since, c.revisit
FROM contacts AS c JOIN statuses AS s ON s.id = c.status CROSS JOIN workspace AS w
  JOIN decisions AS d ON d.contact = c.id AND d.position =
    (SELECT position FROM decisions WHERE contact = c.id AND date <= w.day ORDER BY date DESC, position DESC LIMIT 1)
WHERE s.kind = 'hold' AND (c.revisit IS NULL OR c.revisit > w.day)
)
ORDER BY until IS NULL, until, contact;

-- Whom to stop, on what ground and since when.
CREATE VIEW stop_candidates AS
SELECT c.attention, c.id AS contact, c.name, c.organization, c.owner, s.label AS status, x.rule, x.because,
  x.day AS since, x.transition_id AS proposed
FROM stops AS x JOIN contacts AS c ON c.id = x.contact JOIN statuses AS s ON s.id = c.status
WHERE x.due
ORDER BY c.attention, x.position;

-- What falls due next, if nothing is clarified or decided until then.
CREATE VIEW stops_coming AS
SELECT x.day, c.id AS contact, c.name, c.organization, c.owner, s.label AS status, x.rule, x.because
FROM stops AS x JOIN contacts AS c ON c.id = x.contact JOIN statuses AS s ON s.id = c.status
WHERE NOT x.due AND c.verdict <> 'stop'
ORDER BY x.day, c.attention;

-- Next steps that were agreed on, the first to fall due first.
CREATE VIEW steps_agreed AS
SELECT n.due, n.due < w.day AS past, c.id AS contact, c.name, c.organization, coalesce(n.owner, c.owner) AS owner,
  n.step, k.label AS clarifies
FROM next_steps AS n JOIN contacts AS c ON c.id = n.contact JOIN criteria AS k ON k.id = n.clarifies
  CROSS JOIN workspace AS w
WHERE NOT n.proposed AND c.verdict <> 'done'
ORDER BY n.due, c.attention;
"""

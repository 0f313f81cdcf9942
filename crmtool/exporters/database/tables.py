"""The tables of the SQLite export: a contact's answers, decisions and judgement, related to the rule book.

What a file can get wrong without keeping its contact from being judged (a chance beyond 1, an unknown person) is not
checked here: the export must not fail where `crmtool check` tells it. Checked is what crmtool itself decides.
"""

from __future__ import annotations

TABLES = """
-- Written by crmtool export; any change is lost with the next export.
CREATE TABLE workspace (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  rulebook TEXT NOT NULL,        -- its name
  language TEXT NOT NULL,
  currency TEXT NOT NULL,        -- of every value
  day TEXT NOT NULL,             -- as of which everything is judged
  revision TEXT                  -- the Git commit whose files are judged; NULL: those on the disk
);
CREATE TABLE statuses (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,     -- its rank in the pipeline, from 0
  label TEXT NOT NULL,
  meaning TEXT,
  kind TEXT CHECK (kind IN ('active', 'hold', 'won', 'ended')),
  asks TEXT,                     -- the decision pending in it
  decide_within TEXT,            -- 14d, 6w, 3m, 1y
  most INTEGER,                  -- how many contacts it should hold
  known INTEGER NOT NULL CHECK (known IN (0, 1)),  -- 0: named by a contact, not by the rule book; has no kind
  CHECK (known = (kind IS NOT NULL))
);
CREATE TABLE criteria (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  question TEXT,
  weight REAL,
  valid_for TEXT,                -- how long an answer counts
  counterparty INTEGER CHECK (counterparty IN (0, 1)),  -- our own word is not enough
  knockout INTEGER CHECK (knockout IN (0, 1)),
  retired TEXT,                  -- no longer asked from this day on
  known INTEGER NOT NULL CHECK (known IN (0, 1))
);
CREATE TABLE transitions (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  to_status TEXT NOT NULL REFERENCES statuses (id),
  since TEXT,                    -- earlier decisions are not held to what it requires
  four_eyes INTEGER NOT NULL CHECK (four_eyes IN (0, 1))
);
CREATE TABLE transition_sources (  -- which statuses a transition leaves; contacts enter by one without any
  transition_id TEXT NOT NULL REFERENCES transitions (id),
  from_status TEXT NOT NULL REFERENCES statuses (id),
  PRIMARY KEY (transition_id, from_status)
);
CREATE TABLE reasons (
  status TEXT NOT NULL REFERENCES statuses (id),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1)),
  PRIMARY KEY (status, id)
);
CREATE TABLE contacts (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  organization TEXT,
  role TEXT,
  address TEXT,
  source TEXT,                   -- where it came from
  owner TEXT,
  value REAL,                    -- in the workspace's currency
  status TEXT NOT NULL REFERENCES statuses (id),
  since TEXT NOT NULL,           -- when it entered the status
  verdict TEXT NOT NULL CHECK (verdict IN ('done', 'stop', 'decide', 'wait', 'clarify', 'plan')),
  overdue INTEGER NOT NULL CHECK (overdue IN (0, 1)),
  decide_by TEXT,                -- the last day on which the pending decision is not overdue
  clarity REAL CHECK (clarity BETWEEN 0 AND 1),
  distance INTEGER CHECK (distance >= 0),  -- conditions that do not hold; NULL where nothing leads forward
  prequalified INTEGER NOT NULL CHECK (prequalified IN (0, 1)),
  attention INTEGER NOT NULL UNIQUE,  -- its rank in the order of attention, from 1
  revisit TEXT,
  extra TEXT,                    -- the team's own fields, as JSON
  notes TEXT NOT NULL
);
CREATE INDEX contacts_by_status ON contacts (status);
CREATE INDEX contacts_by_verdict ON contacts (verdict);
CREATE TABLE emails (
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  email TEXT NOT NULL,
  PRIMARY KEY (contact, position)
);
CREATE INDEX emails_by_email ON emails (email);
CREATE TABLE phones (
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  phone TEXT NOT NULL,
  PRIMARY KEY (contact, position)
);
CREATE INDEX phones_by_phone ON phones (phone);
CREATE TABLE urls (
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (contact, position)
);
CREATE TABLE tags (
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (contact, position)
);
CREATE INDEX tags_by_tag ON tags (tag);
CREATE TABLE answers (            -- to a criterion, in the order written
  contact TEXT NOT NULL REFERENCES contacts (id),
  criterion TEXT NOT NULL REFERENCES criteria (id),
  position INTEGER NOT NULL,
  date TEXT NOT NULL,
  met INTEGER NOT NULL CHECK (met IN (0, 1)),
  evidence TEXT,
  attested_by TEXT,
  answered_by TEXT,
  corrected TEXT,                -- the day on which it was corrected
  PRIMARY KEY (contact, criterion, position)
);
CREATE INDEX answers_by_criterion ON answers (criterion);
CREATE TABLE criterion_states (   -- how each criterion that is asked stands on the day
  contact TEXT NOT NULL REFERENCES contacts (id),
  criterion TEXT NOT NULL REFERENCES criteria (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'met', 'not_met', 'expired', 'unattested')),
  PRIMARY KEY (contact, criterion)
);
CREATE INDEX criterion_states_by_criterion ON criterion_states (criterion, state);
CREATE TABLE decisions (          -- in the order written
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  date TEXT NOT NULL,
  from_status TEXT REFERENCES statuses (id),  -- NULL: it came in
  to_status TEXT NOT NULL REFERENCES statuses (id),
  outcome TEXT CHECK (outcome IN ('entry', 'yes', 'no', 'forward', 'back', 'hold', 'reopened', 'moved')),
                                 -- NULL: after the day, so that it counts for nothing
  reason TEXT,
  because TEXT NOT NULL,
  taken_by TEXT,
  confirmed_by TEXT,
  chance REAL,                   -- how likely a won status was thought then, 0 to 1
  corrected TEXT,
  PRIMARY KEY (contact, position),
  FOREIGN KEY (to_status, reason) REFERENCES reasons (status, id)
);
CREATE INDEX decisions_by_date ON decisions (date);
CREATE INDEX decisions_by_from_status ON decisions (from_status);
CREATE INDEX decisions_by_to_status ON decisions (to_status, reason);
CREATE TABLE next_steps (
  contact TEXT PRIMARY KEY REFERENCES contacts (id),
  step TEXT NOT NULL,
  clarifies TEXT NOT NULL REFERENCES criteria (id),
  due TEXT,                      -- NULL: only proposed, by the question to settle first
  proposed INTEGER NOT NULL CHECK (proposed IN (0, 1)),
  owner TEXT,
  CHECK (proposed = (due IS NULL))
);
CREATE INDEX next_steps_by_clarifies ON next_steps (clarifies);
CREATE TABLE blocks (
  contact TEXT PRIMARY KEY REFERENCES contacts (id),
  waits_for TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT                     -- the last day of waiting
);
CREATE TABLE stop_conditions (    -- a contact's own
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  condition TEXT NOT NULL,
  last_day TEXT NOT NULL,        -- due from the day after
  PRIMARY KEY (contact, position)
);
CREATE TABLE stops (              -- every reason to stop: due already, or falling due if nothing is clarified
  contact TEXT NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  rule TEXT NOT NULL,            -- a stop rule, a knockout criterion, or stop_if
  because TEXT NOT NULL,
  day TEXT NOT NULL,             -- the first one on which it is due
  due INTEGER NOT NULL CHECK (due IN (0, 1)),
  transition_id TEXT REFERENCES transitions (id),  -- the one proposed
  PRIMARY KEY (contact, position)
);
CREATE INDEX stops_by_day ON stops (day);
CREATE INDEX stops_by_transition ON stops (transition_id);
CREATE TABLE missing (            -- what does not hold of the ways forward, a row for each criterion
  contact TEXT NOT NULL REFERENCES contacts (id),
  transition_id TEXT NOT NULL REFERENCES transitions (id),
  condition_position INTEGER NOT NULL,
  position INTEGER NOT NULL,
  condition TEXT NOT NULL,
  criterion TEXT REFERENCES criteria (id),  -- NULL: the condition names none
  state TEXT CHECK (state IN ('open', 'met', 'not_met', 'expired', 'unattested')),
  PRIMARY KEY (contact, transition_id, condition_position, position),
  CHECK ((criterion IS NULL) = (state IS NULL))
);
CREATE INDEX missing_by_criterion ON missing (criterion);
CREATE INDEX missing_by_transition ON missing (transition_id);
"""

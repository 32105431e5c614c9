//! The tables. Indexes that only readers need are made when the log has been caught up with for
//! the first time: a rebuild writes each row many times and would pay for them each time.

/// Raised with every change of a table or of what an event does to it: a file with another version
/// is built anew.
pub(crate) const VERSION: i32 = 6;

/// Marks the file as ours: `hhrm`.
pub(crate) const APPLICATION_ID: i32 = 0x6868_726d;

pub(crate) const TABLES: &str = "
CREATE TABLE progress (         -- one row: how far the log has been followed
  one INTEGER PRIMARY KEY CHECK (one = 1),
  position TEXT,                -- of the last event counted; NULL before the first
  entries INTEGER NOT NULL,     -- how many events have been counted
  origin TEXT                   -- the first event that is history, and its place: which log it is
) STRICT;
INSERT INTO progress VALUES (1, NULL, 0, NULL);

CREATE TABLE unit (             -- administrative units, a row for each stretch of time
  code TEXT NOT NULL, valid_from TEXT NOT NULL, parent TEXT, level TEXT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL, instrument TEXT NOT NULL,
  sample INTEGER NOT NULL,
  PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure (        -- published definitions
  id TEXT PRIMARY KEY, title TEXT NOT NULL, name_vi TEXT NOT NULL, name_en TEXT NOT NULL,
  sample INTEGER NOT NULL, provisional INTEGER NOT NULL, in_force_from TEXT NOT NULL,
  in_force_until TEXT, first_year INTEGER NOT NULL, published_on TEXT NOT NULL, retired_on TEXT,
  digest TEXT NOT NULL, definition TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE subject (
  id BLOB PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, province TEXT, commune TEXT,
  hamlet TEXT, name TEXT, address TEXT, search TEXT NOT NULL, spelled TEXT NOT NULL,
  sample INTEGER NOT NULL, entered_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE officer (
  id BLOB PRIMARY KEY, code TEXT NOT NULL, name TEXT, search TEXT NOT NULL, unit TEXT NOT NULL,
  sample INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
  officer BLOB NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL, valid_from TEXT NOT NULL,
  valid_until TEXT,
  PRIMARY KEY (officer, role, unit, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE interest (
  officer BLOB NOT NULL, subject BLOB NOT NULL, relation TEXT NOT NULL,
  PRIMARY KEY (officer, subject, relation)
) STRICT, WITHOUT ROWID;

CREATE TABLE delegation (       -- powers passed on; `officer` acts in place of `delegator`
  officer BLOB NOT NULL, delegator BLOB NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_until TEXT,
  PRIMARY KEY (officer, delegator, role, unit, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
  digest TEXT PRIMARY KEY, officer BLOB NOT NULL, label TEXT NOT NULL, until TEXT NOT NULL,
  revoked_on TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE lane (             -- where an open case can wait; see `dossier.lane`
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, role TEXT NOT NULL, step TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;

CREATE TABLE dossier (          -- cases as they are now; `case` is a word of SQL
  id BLOB PRIMARY KEY, title TEXT NOT NULL, subject BLOB NOT NULL, year INTEGER NOT NULL,
  procedure TEXT NOT NULL, province TEXT, commune TEXT, hamlet TEXT, state TEXT NOT NULL,
  step TEXT, role TEXT, unit TEXT, lane INTEGER, holder BLOB, filed_on TEXT NOT NULL, turn_since TEXT NOT NULL,
  held_since TEXT, returns INTEGER NOT NULL, claimed INTEGER, claims BLOB, reviewed INTEGER,
  renews BLOB, decision BLOB, posted_until TEXT, objections INTEGER NOT NULL,
  stays TEXT NOT NULL,          -- earlier stays at the step: `from/until`, separated by commas
  warn_on TEXT,                 -- NULL where nothing is to be warned of any more
  due TEXT NOT NULL,            -- last day in time; 9999-12-31 where there is no limit or it pauses
  warned INTEGER NOT NULL, breached INTEGER NOT NULL, escalated_role TEXT, escalated_unit TEXT,
  paused TEXT,                  -- the step whose time pauses while a supplement is awaited
  title_entry INTEGER,          -- its title's row in the register
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE objection (        -- what has been said about posted cases
  dossier BLOB NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, filed_on TEXT NOT NULL,
  resolved_on TEXT, upheld INTEGER,
  PRIMARY KEY (dossier, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE reminder (         -- reminders sent
  dossier BLOB NOT NULL, about TEXT NOT NULL, days_before INTEGER NOT NULL, until TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  PRIMARY KEY (dossier, about, days_before)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (         -- decisions over many cases
  id BLOB PRIMARY KEY, procedure TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL,
  unit TEXT NOT NULL, province TEXT, commune TEXT, hamlet TEXT, state TEXT NOT NULL,
  drafted_by BLOB NOT NULL, drafted_on TEXT NOT NULL, number TEXT, corrected_number TEXT,
  date TEXT, signed_by BLOB, annex TEXT, cancelled_number TEXT, cancelled_date TEXT,
  listed INTEGER NOT NULL,      -- cases on the annex
  placed INTEGER NOT NULL,      -- cases that stand on the draft
  concluded INTEGER NOT NULL,   -- cases recognised by it
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
  id BLOB PRIMARY KEY, procedure TEXT NOT NULL, step TEXT NOT NULL, unit TEXT NOT NULL,
  held_on TEXT NOT NULL, convened INTEGER NOT NULL, present INTEGER NOT NULL,
  recorded_by BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (         -- one row: the working days, as last published
  one INTEGER PRIMARY KEY CHECK (one = 1), digest TEXT NOT NULL, published_on TEXT NOT NULL,
  days TEXT NOT NULL
) STRICT;

CREATE TABLE refused_act (      -- acts refused for who asked
  entry INTEGER PRIMARY KEY, about BLOB NOT NULL, officer BLOB NOT NULL, act TEXT NOT NULL,
  code TEXT NOT NULL, params TEXT NOT NULL, refused_on TEXT NOT NULL, recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE register (         -- titles, a row for each recognition, never changed
  entry INTEGER PRIMARY KEY,    -- how many events had been counted before it
  dossier BLOB NOT NULL, title TEXT NOT NULL, subject BLOB NOT NULL, year INTEGER NOT NULL,
  province TEXT, commune TEXT, hamlet TEXT, band TEXT, total INTEGER NOT NULL,
  decision BLOB, decision_number TEXT NOT NULL, decision_date TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_until TEXT, signed_by BLOB NOT NULL, recorded_at TEXT NOT NULL,
  position TEXT NOT NULL
) STRICT;

CREATE TABLE title_end (        -- how titles ended, a row for each end, never changed
  entry INTEGER PRIMARY KEY,    -- how many events had been counted before it
  title_entry INTEGER NOT NULL, -- its row in the register
  how TEXT NOT NULL,            -- lapsed, revoked, annulled
  ends_from TEXT NOT NULL,      -- first day without the title
  decision_number TEXT, decision_date TEXT, recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE desk (             -- who acts, and where; see `act.desk`
  id INTEGER PRIMARY KEY, officer BLOB NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  step TEXT NOT NULL, province TEXT, commune TEXT, hamlet TEXT
) STRICT;

CREATE TABLE act (              -- reviews and decisions, a row for each, never changed
  desk INTEGER NOT NULL,
  entry INTEGER NOT NULL,       -- how many events had been counted before it
  dossier BLOB NOT NULL, year INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, -- seconds since 1970 in UTC
  since INTEGER,                -- seconds since the officer's review before; NULL for his first
  fingerprint INTEGER,          -- of the points of a review line by line; NULL for a decision
  at_maximum INTEGER, raised INTEGER, lowered INTEGER,
  PRIMARY KEY (desk, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE post (             -- who acts, as what, and where; see `deed.post`
  id INTEGER PRIMARY KEY, officer BLOB NOT NULL, role TEXT, role_unit TEXT, in_place_of BLOB,
  province TEXT, commune TEXT, hamlet TEXT
) STRICT;

CREATE TABLE matter (           -- what is done, to what; see `deed.matter`
  id INTEGER PRIMARY KEY, event_type TEXT NOT NULL, about TEXT NOT NULL, title TEXT, step TEXT
) STRICT;

CREATE TABLE deed (             -- events that officers caused, a row for each, never changed
  post INTEGER NOT NULL,
  entry INTEGER NOT NULL,       -- how many events had been counted before it
  matter INTEGER NOT NULL,
  about BLOB NOT NULL,          -- the case, decision, meeting, subject or officer
  recorded_at INTEGER NOT NULL, -- microseconds since 1970 in UTC
  major INTEGER NOT NULL, minor INTEGER NOT NULL, -- position in the log
  PRIMARY KEY (post, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE deed_day (         -- between which entries the deeds of a day in Viet Nam lie
  day TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE flow (             -- cases that came and went, per unit of every level and day
  unit TEXT NOT NULL, day TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL,
  registered INTEGER NOT NULL, reopened INTEGER NOT NULL, recognised INTEGER NOT NULL,
  refused INTEGER NOT NULL, withdrawn INTEGER NOT NULL,
  PRIMARY KEY (unit, day, title, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE stay (             -- ended stays at steps, per unit of every level
  unit TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL, step TEXT NOT NULL,
  level TEXT NOT NULL, month TEXT NOT NULL, days INTEGER NOT NULL, cases INTEGER NOT NULL,
  PRIMARY KEY (unit, title, year, step, level, month, days)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing (         -- open cases at steps, per unit of every level
  unit TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL, step TEXT NOT NULL,
  level TEXT NOT NULL,
  paused INTEGER NOT NULL,      -- waits for a supplement that the step asked for
  since TEXT NOT NULL,          -- less the days of earlier stays; of the pause where it pauses
  due TEXT NOT NULL, cases INTEGER NOT NULL,
  PRIMARY KEY (unit, title, year, step, level, paused, since, due)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (             -- the last event that touched a case, per unit of every level
  unit TEXT PRIMARY KEY,
  entries INTEGER NOT NULL      -- how many events had been counted with it
) STRICT, WITHOUT ROWID;

CREATE TABLE total (            -- cases per unit of every level
  unit TEXT NOT NULL, title TEXT NOT NULL, year INTEGER NOT NULL, state TEXT NOT NULL,
  cases INTEGER NOT NULL,
  PRIMARY KEY (unit, title, year, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_total (    -- subjects per unit of every level
  unit TEXT NOT NULL, kind TEXT NOT NULL, subjects INTEGER NOT NULL,
  PRIMARY KEY (unit, kind)
) STRICT, WITHOUT ROWID;
";

/// A queue page reads some of the first four in order, lane by lane, and stops when the page is
/// full; holder and year are in them so that a case that does not match costs no look at its row.
/// Only open cases have a lane. A search for a name in a commune reads nothing but
/// `subject_by_commune`.
pub(crate) const INDEXES: &str = "
CREATE INDEX IF NOT EXISTS queue_by_nation
  ON dossier (lane, due, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_province
  ON dossier (province, lane, due, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_commune
  ON dossier (commune, lane, due, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_hamlet
  ON dossier (hamlet, lane, due, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_holder
  ON dossier (holder, due, held_since, province, commune, hamlet, title, year)
  WHERE holder IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_by_filing
  ON dossier (filed_on, id, province, commune, hamlet, title, year, lane) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_by_subject ON dossier (subject);
CREATE INDEX IF NOT EXISTS dossier_by_decision
  ON dossier (decision, hamlet, id) WHERE decision IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_to_warn ON dossier (warn_on) WHERE warn_on IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_to_breach
  ON dossier (due) WHERE lane IS NOT NULL AND breached = 0;
CREATE INDEX IF NOT EXISTS dossier_posted
  ON dossier (posted_until) WHERE posted_until IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_of_lane
  ON dossier (lane, procedure, unit) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_escalated
  ON dossier (escalated_unit, escalated_role) WHERE escalated_unit IS NOT NULL;
CREATE INDEX IF NOT EXISTS register_by_end ON register (title, valid_until);
CREATE INDEX IF NOT EXISTS register_by_decision
  ON register (decision) WHERE decision IS NOT NULL;
CREATE INDEX IF NOT EXISTS register_by_dossier ON register (dossier);
CREATE INDEX IF NOT EXISTS title_end_by_title ON title_end (title_entry);
CREATE INDEX IF NOT EXISTS decision_by_commune ON decision (commune, year);
CREATE INDEX IF NOT EXISTS refused_act_by_subject ON refused_act (about);
CREATE INDEX IF NOT EXISTS refused_act_by_officer ON refused_act (officer);
CREATE INDEX IF NOT EXISTS delegation_by_delegator ON delegation (delegator);
CREATE INDEX IF NOT EXISTS register_by_subject ON register (subject);
CREATE INDEX IF NOT EXISTS register_by_province ON register (province, entry);
CREATE INDEX IF NOT EXISTS register_by_commune ON register (commune, entry);
CREATE INDEX IF NOT EXISTS register_by_hamlet ON register (hamlet, entry);
CREATE INDEX IF NOT EXISTS subject_by_commune
  ON subject (commune, code, id, kind, search, spelled);
CREATE INDEX IF NOT EXISTS subject_by_hamlet ON subject (hamlet, code);
CREATE INDEX IF NOT EXISTS subject_by_code ON subject (code);
CREATE INDEX IF NOT EXISTS desk_by_province ON desk (province);
CREATE INDEX IF NOT EXISTS desk_by_commune ON desk (commune);
CREATE INDEX IF NOT EXISTS desk_by_hamlet ON desk (hamlet);
CREATE INDEX IF NOT EXISTS post_by_officer ON post (officer);
CREATE INDEX IF NOT EXISTS post_by_province ON post (province);
CREATE INDEX IF NOT EXISTS post_by_commune ON post (commune);
CREATE INDEX IF NOT EXISTS post_by_hamlet ON post (hamlet);
CREATE INDEX IF NOT EXISTS deed_by_matter ON deed (matter, entry, recorded_at, post);
CREATE INDEX IF NOT EXISTS unit_by_parent ON unit (parent, code);
CREATE INDEX IF NOT EXISTS officer_by_unit ON officer (unit);
CREATE INDEX IF NOT EXISTS officer_by_code ON officer (code);
";

/// The tables that the digest covers, with the columns that order them.
pub(crate) const DIGESTED: &[(&str, &str)] = &[
    ("progress", "one"),
    ("unit", "code, valid_from"),
    ("procedure", "id"),
    ("subject", "id"),
    ("officer", "id"),
    ("appointment", "officer, role, unit, valid_from"),
    ("interest", "officer, subject, relation"),
    ("delegation", "officer, delegator, role, unit, valid_from"),
    ("token", "digest"),
    ("lane", "id"),
    ("dossier", "id"),
    ("objection", "dossier, number"),
    ("reminder", "dossier, about, days_before"),
    ("decision", "id"),
    ("meeting", "id"),
    ("calendar", "one"),
    ("refused_act", "entry"),
    ("register", "entry"),
    ("title_end", "entry"),
    ("desk", "id"),
    ("act", "desk, entry"),
    ("post", "id"),
    ("matter", "id"),
    ("deed", "post, entry"),
    ("deed_day", "day"),
    ("flow", "unit, day, title, year"),
    ("stay", "unit, title, year, step, level, month, days"),
    ("standing", "unit, title, year, step, level, paused, since, due"),
    ("mark", "unit"),
    ("total", "unit, title, year, state"),
    ("subject_total", "unit, kind"),
];

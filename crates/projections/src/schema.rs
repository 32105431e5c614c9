//! The tables. Indexes that only readers need are made when the log has been caught up with for
//! the first time: a rebuild writes each row many times and would pay for them each time.

/// Raised with every change of a table or of what an event does to it: a file with another version
/// is built anew.
pub(crate) const VERSION: i32 = 2;

/// Marks the file as ours: `hhrm`.
pub(crate) const APPLICATION_ID: i32 = 0x6868_726d;

pub(crate) const TABLES: &str = "
CREATE TABLE progress (         -- one row: how far the log has been followed
  one INTEGER PRIMARY KEY CHECK (one = 1),
  position TEXT,                -- of the last event counted; NULL before the first
  entries INTEGER NOT NULL      -- how many events have been counted
) STRICT;
INSERT INTO progress VALUES (1, NULL, 0);

CREATE TABLE unit (             -- administrative units, a row for each stretch of time
  code TEXT NOT NULL, valid_from TEXT NOT NULL, parent TEXT, level TEXT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, search TEXT NOT NULL, instrument TEXT NOT NULL,
  sample INTEGER NOT NULL,
  PRIMARY KEY (code, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE procedure (        -- published definitions
  id TEXT PRIMARY KEY, title TEXT NOT NULL, name_vi TEXT NOT NULL, name_en TEXT NOT NULL,
  sample INTEGER NOT NULL, provisional INTEGER NOT NULL, in_force_from TEXT NOT NULL,
  in_force_until TEXT, published_on TEXT NOT NULL, retired_on TEXT, digest TEXT NOT NULL,
  definition TEXT NOT NULL
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
  held_since TEXT, returns INTEGER NOT NULL, claimed INTEGER, reviewed INTEGER,
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE register (         -- titles, a row for each recognition, never changed
  entry INTEGER PRIMARY KEY,    -- how many events had been counted before it
  dossier BLOB NOT NULL, title TEXT NOT NULL, subject BLOB NOT NULL, year INTEGER NOT NULL,
  province TEXT, commune TEXT, hamlet TEXT, band TEXT, total INTEGER NOT NULL,
  decision_number TEXT NOT NULL, decision_date TEXT NOT NULL, valid_from TEXT NOT NULL,
  valid_until TEXT, signed_by BLOB NOT NULL, recorded_at TEXT NOT NULL, position TEXT NOT NULL
) STRICT;

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
  ON dossier (lane, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_province
  ON dossier (province, lane, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_commune
  ON dossier (commune, lane, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_hamlet
  ON dossier (hamlet, lane, turn_since, id, holder, year) WHERE lane IS NOT NULL;
CREATE INDEX IF NOT EXISTS queue_by_holder ON dossier (holder) WHERE holder IS NOT NULL;
CREATE INDEX IF NOT EXISTS dossier_by_subject ON dossier (subject);
CREATE INDEX IF NOT EXISTS register_by_subject ON register (subject);
CREATE INDEX IF NOT EXISTS register_by_province ON register (province, entry);
CREATE INDEX IF NOT EXISTS register_by_commune ON register (commune, entry);
CREATE INDEX IF NOT EXISTS register_by_hamlet ON register (hamlet, entry);
CREATE INDEX IF NOT EXISTS subject_by_commune
  ON subject (commune, code, id, kind, search, spelled);
CREATE INDEX IF NOT EXISTS subject_by_hamlet ON subject (hamlet, code);
CREATE INDEX IF NOT EXISTS subject_by_code ON subject (code);
CREATE INDEX IF NOT EXISTS unit_by_parent ON unit (parent, code);
CREATE INDEX IF NOT EXISTS officer_by_unit ON officer (unit);
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
    ("token", "digest"),
    ("lane", "id"),
    ("dossier", "id"),
    ("register", "entry"),
    ("total", "unit, title, year, state"),
    ("subject_total", "unit, kind"),
];

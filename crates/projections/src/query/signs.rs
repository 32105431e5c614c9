//! Signs of formalism (dấu hiệu hình thức): where an officer's acts look as if nobody had looked at
//! the case. Each comes with its rule and its numbers, and is a question, never an accusation.
//!
//! Deliberately absent: any consequence, and the calendar of working days; callers pass it.

use std::fmt;

use procedure::text::Bilingual;
use procedure::{CaseId, Date, OfficerId, StepId, Title, UnitCode};
use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::Territory;

mod tally;

use tally::{Found, Group, Tally};

/// What a sign is, in Vietnamese; to be shown wherever signs are.
pub const QUESTION_VI: &str = "Dấu hiệu hình thức là câu hỏi cần trao đổi với cán bộ, không phải \
                               lời buộc tội, và không ngăn chặn việc gì.";
/// What a sign is, in English.
pub const QUESTION_EN: &str = "A sign of formalism is a question to talk over with the officer, \
                               not an accusation, and it blocks nothing.";

/// Which acts are asked about.
#[derive(Clone, Debug, Default)]
pub struct SignsFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only for this title.
    pub title: Option<Title>,
    /// Only cases of this year.
    pub year: Option<i16>,
}

/// What a sign says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignName {
    /// The same points line by line, again and again.
    IdenticalPoints,
    /// Reviews that follow one another within seconds.
    ReviewInSeconds,
    /// The most points in every indicator.
    EverythingAtMaximum,
    /// Decisions recorded on days off.
    DecisionsOnDaysOff,
    /// Points changed upwards only.
    OnlyUpward,
}

impl SignName {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::IdenticalPoints,
        Self::ReviewInSeconds,
        Self::EverythingAtMaximum,
        Self::DecisionsOnDaysOff,
        Self::OnlyUpward,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IdenticalPoints => "identical_points",
            Self::ReviewInSeconds => "review_in_seconds",
            Self::EverythingAtMaximum => "everything_at_maximum",
            Self::DecisionsOnDaysOff => "decisions_on_days_off",
            Self::OnlyUpward => "only_upward",
        }
    }
}

impl fmt::Display for SignName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A number of reviews that is also a share of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// At least so many.
    pub count: u64,
    /// And at least so many of a hundred.
    pub percent: u64,
}

/// From where on something is a sign. All of these are ours, chosen so that a supervisor has few
/// and telling questions to ask; no law and no instrument sets any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Thresholds {
    /// Reviews with the same points line by line. Ours: many families of a hamlet do live alike,
    /// so it takes a score of reviews and more than half of them.
    pub identical_points: Share,
    /// Reviews within [`Self::seconds`] of the one before. Ours: half of a score of reviews may be
    /// cases that were read beforehand and entered in one go.
    pub review_in_seconds: Share,
    /// How soon after his review before an officer's next one is striking. Ours: less than the
    /// time to read the lines of one case.
    pub seconds: u32,
    /// Reviews with the most points in every indicator. Ours: a good hamlet has many, hardly four
    /// of five.
    pub everything_at_maximum: Share,
    /// Decisions on days off. Ours: a few may be in haste for good reason.
    pub days_off: u64,
    /// Lines raised above the claim, with none lowered. Ours: a few are subjects too modest.
    pub lines_raised: u64,
}

impl Thresholds {
    /// Those used where nobody gives others.
    pub const OURS: Self = Self {
        identical_points: Share { count: 20, percent: 60 },
        review_in_seconds: Share { count: 20, percent: 50 },
        seconds: 20,
        everything_at_maximum: Share { count: 20, percent: 80 },
        days_off: 10,
        lines_raised: 10,
    };

    /// How many it takes for a sign.
    fn at_least(&self, name: SignName) -> u64 {
        match name {
            SignName::IdenticalPoints => self.identical_points.count,
            SignName::ReviewInSeconds => self.review_in_seconds.count,
            SignName::EverythingAtMaximum => self.everything_at_maximum.count,
            SignName::DecisionsOnDaysOff => self.days_off,
            SignName::OnlyUpward => self.lines_raised,
        }
    }

    /// What percentage it takes as well; 0 where only the number counts.
    fn percent(&self, name: SignName) -> u64 {
        match name {
            SignName::IdenticalPoints => self.identical_points.percent,
            SignName::ReviewInSeconds => self.review_in_seconds.percent,
            SignName::EverythingAtMaximum => self.everything_at_maximum.percent,
            SignName::DecisionsOnDaysOff | SignName::OnlyUpward => 0,
        }
    }

    /// The rule of a sign, with these numbers.
    #[must_use]
    pub fn rule(&self, name: SignName) -> Bilingual {
        let (count, percent) = (self.at_least(name), self.percent(name));
        let (vi, en) = match name {
            SignName::IdenticalPoints => (
                "có điểm giống hệt nhau ở từng chỉ tiêu".to_owned(),
                "give the same points in every indicator".to_owned(),
            ),
            SignName::ReviewInSeconds => (
                format!(
                    "được ghi nhận chưa đầy {} giây sau lượt thẩm định liền trước của chính cán \
                     bộ đó",
                    self.seconds
                ),
                format!(
                    "were recorded less than {} seconds after his own review before",
                    self.seconds
                ),
            ),
            SignName::EverythingAtMaximum => (
                "cho điểm tối đa ở mọi chỉ tiêu".to_owned(),
                "give the maximum in every indicator".to_owned(),
            ),
            SignName::DecisionsOnDaysOff => {
                return Bilingual {
                    vi: format!(
                        "Ở một xã, một bước, một cán bộ: quyết định đối với {count} hồ sơ trở lên \
                         được ghi nhận vào ngày không làm việc, theo giờ Việt Nam."
                    ),
                    en: format!(
                        "In one commune, at one step, by one officer: decisions on {count} or more \
                         cases were recorded on a day that is no working day in Viet Nam."
                    ),
                };
            }
            SignName::OnlyUpward => {
                return Bilingual {
                    vi: format!(
                        "Ở một thôn, một bước, một cán bộ: từ {count} dòng trở lên được chấm cao \
                         hơn điểm tự chấm, và không có dòng nào được chấm thấp hơn."
                    ),
                    en: format!(
                        "In one hamlet, at one step, by one officer: {count} or more lines were \
                         given more points than claimed, and not one fewer."
                    ),
                };
            }
        };
        Bilingual {
            vi: format!(
                "Ở một thôn, một bước, một cán bộ: từ {count} lượt thẩm định trở lên {vi}, chiếm \
                 từ {percent}% trở lên số lượt thẩm định của cán bộ đó."
            ),
            en: format!(
                "In one hamlet, at one step, by one officer: {count} or more reviews {en}, and \
                 they are {percent}% or more of his reviews there."
            ),
        }
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::OURS
    }
}

/// A sign of formalism: a question about an officer's acts in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// What it says.
    pub name: SignName,
    /// The rule with its numbers, in Vietnamese.
    pub rule_vi: String,
    /// The rule with its numbers, in English.
    pub rule_en: String,
    /// Whose acts.
    pub officer: OfficerId,
    /// His name; absent where its key has been destroyed.
    pub officer_name: Option<String>,
    /// The hamlet, the commune of days off, or the unit of a case that has no hamlet.
    pub unit: UnitCode,
    /// At which step.
    pub step: StepId,
    /// How many reviews, acts or lines the rule speaks of.
    pub count: u64,
    /// Out of how many: reviews, acts, or lines that differ from the claim.
    pub of: u64,
    /// The one as a percentage of the other, rounded down.
    pub percent: u64,
    /// How many it takes for a sign.
    pub at_least: u64,
    /// The day in Viet Nam of the first of them.
    pub first_day: Date,
    /// The day in Viet Nam of the last of them.
    pub last_day: Date,
    /// Some of the cases, at most [`CASES`].
    pub cases: Vec<CaseId>,
}

/// Most cases that a sign names.
pub const CASES: usize = 10;

impl Reader<'_> {
    /// The signs in the common part of the territory and the units, the most striking first: that
    /// which is the most times its own threshold.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn signs(
        &self,
        filter: &SignsFilter,
        thresholds: &Thresholds,
        is_working_day: &dyn Fn(Date) -> bool,
    ) -> Result<Vec<Sign>, ReadError> {
        let mut tally = Tally::new(thresholds.seconds, is_working_day);
        for unit in self.scope(&filter.territory, &filter.units)? {
            self.tally(&mut tally, &unit, filter)?;
        }
        let mut signs = Vec::new();
        for (name, group, found, of) in tally.findings() {
            let at_least = thresholds.at_least(name);
            let enough = found.count >= at_least.max(1);
            if enough && found.count * 100 >= thresholds.percent(name) * of {
                signs.push(self.sign(thresholds, name, group, (found, of))?);
            }
        }
        signs.sort_by(|one, other| {
            // count / at_least, compared without division.
            let times = |sign: &Sign, of: &Sign| u128::from(sign.count) * u128::from(of.at_least);
            let place = |sign: &Sign| (sign.name, sign.unit.clone(), sign.officer);
            times(other, one)
                .cmp(&times(one, other))
                .then(other.percent.cmp(&one.percent))
                .then_with(|| place(one).cmp(&place(other)))
        });
        Ok(signs)
    }

    fn sign(
        &self,
        thresholds: &Thresholds,
        name: SignName,
        group: &Group,
        (found, of): (&Found, u64),
    ) -> Result<Sign, ReadError> {
        let Bilingual { vi, en } = thresholds.rule(name);
        let mut statement =
            self.connection.prepare_cached("SELECT name FROM officer WHERE id = ?1")?;
        let officer_name =
            statement.query_row(params![group.officer.0.as_bytes()], |row| row.get(0));
        Ok(Sign {
            name,
            rule_vi: vi,
            rule_en: en,
            officer: group.officer,
            officer_name: officer_name.optional()?.flatten(),
            unit: group.unit.clone(),
            step: group.step.clone(),
            count: found.count,
            of,
            percent: found.count * 100 / of.max(1),
            at_least: thresholds.at_least(name),
            first_day: found.first_day()?,
            last_day: found.last_day()?,
            cases: found.cases.clone(),
        })
    }
}

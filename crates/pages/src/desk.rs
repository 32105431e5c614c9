//! A page of somebody who is signed in: what he may see, and the menu for it. Who is not signed in is
//! sent to sign in and comes back.
//! Deliberately absent: what may be done; the rules say that when it is tried.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use procedure::{CaseId, Refused, Role, SubjectId, UnitCode, actor};
use projections::query::cases::CaseRow;
use projections::{ReadError, Reader};
use web::HttpRefusal;
use web::problem::Problem;
use web::read::Reading;

use crate::look::Look;
use crate::page::{Area, Item, Page, User};
use crate::session::Session;
use crate::site::Site;
use crate::words;

/// How long a page waits to show what its reader has just done.
const PATIENCE: Duration = Duration::from_secs(2);
/// The code of the nation.
const NATION: &str = "VN";

/// Somebody who is signed in, looking.
pub(crate) struct Desk {
    pub(crate) look: Look,
    pub(crate) session: Session,
    pub(crate) reading: Reading,
    /// The names of the units that his offices are over.
    places: Vec<(UnitCode, String)>,
}

impl FromRequestParts<Arc<Site>> for Desk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let Ok(look) = Look::from_request_parts(parts, site).await;
        Self::of(look).await.map_err(IntoResponse::into_response)?.ok_or_else(|| {
            let here = parts.uri.path_and_query().map_or("/", |here| here.as_str());
            let back: String = form_urlencoded::byte_serialize(here.as_bytes()).collect();
            Redirect::to(&format!("/sign-in?to={back}")).into_response()
        })
    }
}

impl Desk {
    /// The desk of who is signed in; nothing if nobody is.
    pub(crate) async fn of(look: Look) -> Result<Option<Self>, Problem> {
        let Some((session, _)) = look.signed_in.clone() else { return Ok(None) };
        if let Some(position) = look.seen {
            // Where the read models take longer, the page shows what they have.
            let _ = look.site.app.runner.wait_for(position, PATIENCE).await;
        }
        let reading = Reading::of(&look.site.app, session.officer).await?;
        let (territory, today) = (reading.territory.clone(), reading.today);
        let places = reading.read(move |reader| {
            let mut places = Vec::new();
            for unit in territory {
                let name = reader.path(&unit, today)?.pop().map(|found| found.name);
                places.push((unit.clone(), name.unwrap_or_else(|| unit.to_string())));
            }
            Ok(places)
        });
        let places = places.await?;
        Ok(Some(Self { look, session, reading, places }))
    }

    /// One of two texts.
    pub(crate) fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.look.t(vi, en)
    }

    /// Asks the read models.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
    {
        self.reading.read(read).await
    }

    /// Whether he has a role anywhere today, himself or in somebody's place.
    pub(crate) fn holds(&self, role: &str) -> bool {
        self.roles().any(|held| held.as_str() == role)
    }

    /// The roles that he has today, each as often as he has it.
    pub(crate) fn roles(&self) -> impl Iterator<Item = &Role> {
        let (officer, today) = (&self.reading.officer, self.reading.today);
        let held = officer.appointments.iter().filter(move |held| held.on(today));
        let passed = officer.delegations.iter().filter(move |passed| passed.on(today));
        held.map(|held| &held.role).chain(passed.map(|passed| &passed.role))
    }

    /// The units that he administers today.
    pub(crate) fn administered(&self) -> Vec<UnitCode> {
        let (officer, today) = (&self.reading.officer, self.reading.today);
        let held = officer.appointments.iter().filter(|held| held.on(today));
        let held = held.filter(|held| held.role.as_str() == Role::ADMINISTRATOR);
        held.map(|held| held.unit.clone()).collect()
    }

    /// Whether he sets up what holds for the nation.
    pub(crate) fn administers_nation(&self) -> bool {
        self.administered().iter().any(|unit| unit.as_str() == NATION)
    }

    /// The units that he administers today, in the words of the rules if there are none.
    pub(crate) fn must_administer(&self) -> Result<Vec<UnitCode>, Problem> {
        let units = self.administered();
        if units.is_empty() {
            return Err(self.not_administrator(&self.reading.officer.unit));
        }
        Ok(units)
    }

    /// Refuses who does not set up what holds for the nation.
    pub(crate) fn must_administer_nation(&self) -> Result<(), Problem> {
        match NATION.parse() {
            Ok(unit) if !self.administers_nation() => Err(self.not_administrator(&unit)),
            _ => Ok(()),
        }
    }

    fn not_administrator(&self, unit: &UnitCode) -> Problem {
        let (unit, date) = (unit.clone(), self.reading.today);
        match Role::ADMINISTRATOR.parse() {
            Ok(role) => Refused::from(actor::Refusal::NotAppointed { role, unit, date }).into(),
            Err(_) => HttpRefusal::Internal.into(),
        }
    }

    /// Whether he has an office at all, and not only a subject of his own.
    pub(crate) fn in_office(&self) -> bool {
        !self.reading.territory.is_empty()
    }

    /// Whether a subject is his own.
    pub(crate) fn owns(&self, subject: SubjectId) -> bool {
        self.reading.officer.interests.iter().any(|own| own.subject == subject)
    }

    /// The case, if he may see it: in his territory, or his own subject's.
    pub(crate) async fn case(&self, id: CaseId) -> Result<CaseRow, Problem> {
        let found = self.read(move |reader| reader.case(id)).await?;
        let seen = found.filter(|case| self.reading.sees(&case.place) || self.owns(case.subject));
        seen.ok_or_else(web::api::cases::unknown)
    }

    /// A page in his menu.
    pub(crate) fn page(&self, area: Area, vi: &str, en: &str) -> Page {
        let mut page = Page::new(&self.look, self.t(vi, en));
        page.area = Some(area);
        page.menu = self.menu();
        page.user = Some(self.user());
        page
    }

    fn user(&self) -> User {
        let (officer, today) = (&self.reading.officer, self.reading.today);
        let named = |unit: &UnitCode| {
            let place = self.places.iter().find(|(code, _)| code == unit);
            place.map_or_else(|| unit.to_string(), |(_, name)| name.clone())
        };
        let office = |role: &Role, unit: &UnitCode| {
            format!("{}, {}", words::role(role.as_str(), self.look.language), named(unit))
        };
        let held = officer.appointments.iter().filter(|held| held.on(today));
        let passed = officer.delegations.iter().filter(|passed| passed.on(today));
        let mut offices: Vec<_> = held.map(|held| office(&held.role, &held.unit)).collect();
        offices.extend(passed.map(|passed| {
            let office = office(&passed.role, &passed.unit);
            format!("{office} ({})", self.t("được ủy quyền", "by delegation"))
        }));
        User { name: self.name(), offices }
    }

    /// His name; where it was erased, what the local list calls him.
    pub(crate) fn name(&self) -> String {
        let officer = &self.reading.officer;
        officer.name.clone().unwrap_or_else(|| officer.code.clone())
    }

    fn menu(&self) -> Vec<Item> {
        let mut menu = Vec::new();
        let mut add = |area, path, vi: &'static str, en: &'static str| {
            let english = self.look.language == procedure::Language::English;
            menu.push(Item { area, path, text: if english { en } else { vi } });
        };
        if !self.reading.officer.interests.is_empty() {
            add(Area::Mine, "/mine", "Của tôi", "My cases");
        }
        if self.in_office() {
            add(Area::Queue, "/queue", "Hàng chờ", "Queue");
            if self.holds("hamlet-reviewer") {
                add(Area::Hamlet, "/hamlet", "Họp, niêm yết", "Meetings");
            }
            add(Area::Subjects, "/subjects", "Đối tượng", "Subjects");
            add(Area::Decisions, "/decisions", "Quyết định", "Decisions");
            add(Area::Oversight, "/oversight", "Theo dõi", "Oversight");
            add(Area::Audit, "/audit", "Kiểm tra", "Audit");
        }
        if self.holds(Role::ADMINISTRATOR) {
            add(Area::Administration, "/officers", "Cán bộ", "Officers");
        }
        add(Area::Procedures, "/procedures", "Thủ tục", "Procedures");
        add(Area::Public, "/register", "Công khai", "Public");
        menu
    }
}

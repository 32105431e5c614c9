//! Pages that anybody may read: their frame, and the read models for who has not signed in.
//! Deliberately absent: what the public may know; each page picks it by name, field by field.

use procedure::{Language, UnitCode};
use projections::{ReadError, Reader};
use web::problem::Problem;
use web::read::failed;

use crate::desk::Desk;
use crate::look::Look;
use crate::page::{Area, Item, Page};

/// A page for anybody: with his own menu for who is signed in, with the public one otherwise.
pub(crate) async fn page(look: &Look, vi: &str, en: &str) -> Result<Page, Problem> {
    if let Some(desk) = Desk::of(look.clone()).await? {
        return Ok(desk.page(Area::Public, vi, en));
    }
    let mut page = Page::new(look, look.t(vi, en));
    page.area = Some(Area::Public);
    let item = |area, path, vi: &'static str, en: &'static str| Item {
        area,
        path,
        text: if look.language == Language::English { en } else { vi },
    };
    page.menu = vec![
        item(Area::Public, "/register", "Công khai", "Public"),
        item(Area::Procedures, "/procedures", "Thủ tục", "Procedures"),
    ];
    Ok(page)
}

/// Asks the read models for the public.
pub(crate) async fn read<T, F>(look: &Look, read: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
{
    look.site.app.runner.models().read(read).await.map_err(failed)
}

/// The whole country.
pub(crate) fn nation() -> Option<UnitCode> {
    "VN".parse().ok()
}

//! Samples of what can happen to administrative units.

use procedure::territory::{Change, Event, Instrument, UnitKind, UnitsReorganised};

use crate::values::date;

fn founded(code: &str, kind: UnitKind, parent: Option<&str>) -> Change {
    let (code, parent) = (code.parse().unwrap(), parent.map(|code| code.parse().unwrap()));
    Change::Founded { code, name: format!("Đơn vị {kind}"), kind, parent }
}

pub(crate) fn events() -> Vec<Event> {
    let full = UnitsReorganised {
        instrument: Instrument {
            number: "Quyết định 19/2025/QĐ-TTg".into(),
            issued: Some(date("2025-06-30")),
        },
        effective: date("2025-07-01"),
        sample: true,
        changes: vec![
            founded("05158", UnitKind::Commune, Some("25")),
            Change::Retyped {
                code: "05158".parse().unwrap(),
                name: "Phường Mường Bi".into(),
                kind: UnitKind::Ward,
            },
        ],
    };
    let minimal = UnitsReorganised {
        instrument: Instrument { number: "x".into(), issued: None },
        effective: date("2025-07-01"),
        sample: false,
        changes: vec![founded("VN", UnitKind::Nation, None)],
    };
    let kinds = UnitsReorganised {
        changes: UnitKind::ALL.iter().map(|kind| founded("00001", *kind, None)).collect(),
        ..minimal.clone()
    };
    vec![full.into(), minimal.into(), kinds.into()]
}

//! Which of the two languages a reader prefers. Deliberately absent: other languages; who asks
//! for neither gets Vietnamese, which counts in law.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use procedure::Language;

/// The language that `Accept-Language` prefers of the two (RFC 9110, 12.5.4).
pub(crate) fn preferred(headers: &HeaderMap) -> Language {
    let wanted = headers.get_all(ACCEPT_LANGUAGE).iter();
    let wanted = wanted.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let (mut vietnamese, mut english, mut any) = (None, None, None);
    for range in wanted {
        let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
        let quality = quality.trim().strip_prefix("q=").and_then(|text| text.parse::<f32>().ok());
        let quality = quality.unwrap_or(0.0);
        let tag = tag.trim().to_ascii_lowercase();
        let place = match tag.split('-').next() {
            Some("vi") => &mut vietnamese,
            Some("en") => &mut english,
            Some("*") => &mut any,
            _ => continue,
        };
        *place = Some(place.map_or(quality, |before: f32| before.max(quality)));
    }
    let other = any.unwrap_or(0.0);
    if english.unwrap_or(other) > vietnamese.unwrap_or(other) {
        Language::English
    } else {
        Language::Vietnamese
    }
}

/// The tag for `Content-Language`.
pub(crate) fn tag(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "vi",
        Language::English => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_unless_english_is_preferred() {
        let prefer = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            preferred(&headers)
        };
        for text in ["vi", "vi-VN,vi;q=0.9,en;q=0.8", "*", "fr", "en;q=0", "en;q=x", ""] {
            assert_eq!(prefer(text), Language::Vietnamese, "{text}");
        }
        for text in ["en", "en-GB", "fr,en;q=0.5", "vi;q=0.2, en;q=0.8", "vi;q=0, *", "EN-us"] {
            assert_eq!(prefer(text), Language::English, "{text}");
        }
    }
}

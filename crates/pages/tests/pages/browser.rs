//! A browser without JavaScript: it keeps cookies, follows redirects, and sends forms as they stand in
//! the page, with what is filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use pages::{Persona, Settings, Site};
use procedure::OfficerId;
use tower::ServiceExt as _;

use crate::world::World;

/// The pages over a world, with a persona for each of the codes.
pub(crate) fn site(world: &World, codes: &[&str]) -> Router {
    let persona = |code: &&str| Persona {
        key: (*code).to_owned(),
        vi: format!("Vai {code}"),
        en: format!("Role {code}"),
        officer: OfficerId::of_code(code),
        name: "Bùi Thị Mẫu".to_owned(),
    };
    let settings = Settings { secure: false, personas: codes.iter().map(persona).collect() };
    pages::router(Arc::new(Site::new(world.app.clone(), settings)), world.router.clone())
}

/// One browser.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Sent with every request.
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// A page as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Its address, after redirects.
    pub(crate) address: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) fn new(router: &Router) -> Self {
        Self { router: router.clone(), cookies: BTreeMap::new(), headers: Vec::new() }
    }

    /// A browser in which the persona has signed in.
    pub(crate) async fn of(router: &Router, persona: &str) -> Self {
        let mut browser = Self::new(router);
        let fields = [("persona", persona), ("to", "/account")];
        browser.send(Method::POST, "/sign-in/persona", &fields).await;
        assert!(browser.cookies.contains_key("hieuhoc"), "{persona} is not signed in");
        browser
    }

    /// Opens an address, following redirects.
    pub(crate) async fn get(&mut self, address: &str) -> Seen {
        let seen = self.send(Method::GET, address, &[]).await;
        self.follow(seen).await
    }

    /// Sends the form of the page that goes to `action`, with some of its fields filled in anew, and
    /// follows redirects.
    pub(crate) async fn submit(
        &mut self,
        page: &Seen,
        action: &str,
        filled: &[(&str, &str)],
    ) -> Seen {
        self.press(page, action, action, filled).await
    }

    /// The same by a button that sends the form to another address (`formaction`).
    pub(crate) async fn press(
        &mut self,
        page: &Seen,
        form: &str,
        action: &str,
        filled: &[(&str, &str)],
    ) -> Seen {
        let mut fields = page.form(form);
        fields.retain(|(name, _)| !filled.iter().any(|(own, _)| own == name));
        let filled = filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.extend(filled);
        let pairs: Vec<_> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let seen = self.send(Method::POST, action, &pairs).await;
        self.follow(seen).await
    }

    /// One request as it is, without following.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Seen {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send_body(method, address, ("application/x-www-form-urlencoded", body.into_bytes()))
            .await
    }

    /// Sends the form of the page that goes to `action` with a file, by the button that goes to `to`.
    pub(crate) async fn upload(
        &mut self,
        page: &Seen,
        (action, to): (&str, &str),
        filled: &[(&str, &str)],
        (field, name, bytes): (&str, &str, &[u8]),
    ) -> Seen {
        let mut fields = page.form(action);
        fields.retain(|(name, _)| !filled.iter().any(|(own, _)| own == name));
        fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut body = Vec::new();
        let mut part = |head: String, bytes: &[u8]| {
            let head = format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        };
        for (own, value) in &fields {
            match own.starts_with("file.") {
                true if own == field => part(format!("name=\"{own}\"; filename=\"{name}\""), bytes),
                true => part(format!("name=\"{own}\"; filename=\"\""), b""),
                false => part(format!("name=\"{own}\""), value.as_bytes()),
            }
        }
        body.extend(b"--edge--\r\n");
        let seen =
            self.send_body(Method::POST, to, ("multipart/form-data; boundary=edge", body)).await;
        self.follow(seen).await
    }

    async fn send_body(
        &mut self,
        method: Method,
        address: &str,
        (kind, body): (&str, Vec<u8>),
    ) -> Seen {
        let address = address.split('#').next().unwrap();
        let mut request = Request::builder().method(method).uri(address);
        request = request.header("content-type", kind);
        request = request.header("host", "xa.example");
        if !self.cookies.is_empty() {
            let line: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", line.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await;
        let response = response.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep(&headers);
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        leave(address, &text);
        Seen { address: address.to_owned(), status, headers, text }
    }

    async fn follow(&mut self, mut seen: Seen) -> Seen {
        for _ in 0..5 {
            if !seen.status.is_redirection() {
                return seen;
            }
            let to = seen.headers["location"].to_str().unwrap().to_owned();
            seen = self.send(Method::GET, &to, &[]).await;
        }
        panic!("too many redirects: {}", seen.address);
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for line in headers.get_all("set-cookie") {
            let (pair, rest) = line.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Seen {
    /// The page, which must have come.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert!(self.status.is_success(), "{} {} {}", self.address, self.status, self.text);
        self
    }

    /// The page, which must be of this status and name this code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.address, self.text);
        self.shows(code)
    }

    /// The page, which must have the text (as HTML writes it).
    #[track_caller]
    pub(crate) fn shows(self, text: &str) -> Self {
        assert!(self.text.contains(text), "{text:?} is not in {}: {}", self.address, self.text);
        self
    }

    /// The page, which must not have the text.
    #[track_caller]
    pub(crate) fn hides(self, text: &str) -> Self {
        assert!(!self.text.contains(text), "{text:?} is in {}: {}", self.address, self.text);
        self
    }

    /// The fields of the form that goes to `action`, as they stand.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Vec<(String, String)> {
        let mark = format!(" action=\"{action}\"");
        let at = self.text.find(&mark);
        let at =
            at.unwrap_or_else(|| panic!("no form to {action} in {}: {}", self.address, self.text));
        let form = &self.text[at..];
        let form = &form[..form.find("</form>").unwrap()];
        let mut fields = Vec::new();
        for tag in
            form.split('<').filter(|tag| tag.starts_with("input") || tag.starts_with("textarea"))
        {
            let Some(name) = attribute(tag, "name") else { continue };
            let choice = attribute(tag, "type");
            let choice = matches!(choice.as_deref(), Some("checkbox" | "radio"));
            if choice && !tag.contains(" checked") {
                continue;
            }
            let value = if tag.starts_with("textarea") {
                tag.split_once('>').map(|(_, text)| unescape(text))
            } else {
                attribute(tag, "value")
            };
            fields.push((name, value.unwrap_or_default()));
        }
        for select in form.split("<select").skip(1) {
            let select = select.split("</select>").next().unwrap();
            let Some(name) = attribute(select.split('>').next().unwrap(), "name") else { continue };
            let options: Vec<&str> = select.split("<option").skip(1).collect();
            let chosen = options
                .iter()
                .find(|option| option.split('>').next().unwrap().contains(" selected"));
            let chosen = chosen.or(options.first());
            fields.push((
                name,
                chosen.and_then(|option| attribute(option, "value")).unwrap_or_default(),
            ));
        }
        fields
    }
}

/// Writes a page to the folder that `HIEUHOC_PAGES` names, to be looked at.
fn leave(address: &str, text: &str) {
    if let Some(folder) = std::env::var_os("HIEUHOC_PAGES") {
        let name = address.replace(|letter: char| !letter.is_ascii_alphanumeric(), "_");
        let name: String = name.chars().take(80).collect();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.html")), text).unwrap();
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mark = format!(" {name}=\"");
    let at = tag.find(&mark)? + mark.len();
    Some(unescape(&tag[at..at + tag[at..].find('"')?]))
}

fn unescape(text: &str) -> String {
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

//! A small server of fixed pages, so that the browser of the tests can be tested by itself.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

/// What the browser asks for.
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) cookie: String,
    pub(super) body: String,
}

/// What it gets: a status line's end, heads, a body.
pub(super) struct Response {
    pub(super) status: &'static str,
    pub(super) heads: Vec<String>,
    pub(super) body: String,
}

impl Response {
    /// A page under a policy as strict as that of the program: no script, no style within the page.
    pub(super) fn page(title: &str, main: &str) -> Self {
        let body = format!(
            "<!doctype html><html lang=vi><head><meta charset=utf-8><title>{title}</title>\
             <meta name=viewport content='width=device-width,initial-scale=1'>\
             <link rel=icon href='data:,'><link rel=stylesheet href=/style.css></head>\
             <body><main><h1>{title}</h1>{main}</main></body></html>"
        );
        let policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'";
        let heads = ["Content-Type: text/html", &format!("Content-Security-Policy: {policy}")];
        Self { status: "200 OK", heads: heads.map(str::to_owned).into(), body }
    }

    pub(super) fn style(body: &str) -> Self {
        let heads = vec!["Content-Type: text/css".to_owned()];
        Self { status: "200 OK", heads, body: body.to_owned() }
    }

    pub(super) fn see_other(path: &str, cookie: &str) -> Self {
        let heads = vec![format!("Location: {path}"), format!("Set-Cookie: {cookie}")];
        Self { status: "303 See Other", heads, body: String::new() }
    }
}

/// Serves at a free port for as long as the test program runs; returns the address.
pub(super) fn serve(answer: fn(&Request) -> Response) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        // A thread for each connection: the browser opens some before it needs them.
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || speak(stream, answer));
        }
    });
    base
}

fn speak(stream: TcpStream, answer: fn(&Request) -> Response) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut request = Request { method, path, cookie: String::new(), body: String::new() };
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "cookie" => request.cookie = value.to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    let Response { status, heads, body } = answer(&request);
    let heads: String = heads.iter().map(|head| format!("{head}\r\n")).collect();
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status}\r\n{heads}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    reader.get_mut().write_all(text.as_bytes()).ok()
}

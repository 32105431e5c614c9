//! Where a cluster is and which log in it: a connection string as KurrentDB's clients take it, with
//! one parameter more, `log`.
//!
//! The client forgives much: a parameter that it does not know is passed over, a second host of
//! `+discover` is never asked, an escaped password is sent as it stands. Here each of these is an
//! error, because whoever wrote it meant something else. Deliberately absent: connecting.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use kurrentdb::{ClientSettings, NodePreference};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

/// The log of a cluster that has no other name.
const LOG: &str = "hieuhoc";
const LOG_MAX: usize = 40;
/// How long one call may take where the string does not say.
const DEADLINE: Duration = Duration::from_secs(5);

const SCHEMES: &[&str] = &["kurrentdb", "esdb", "kurrent", "kdb"];
const DISCOVER: &str = "+discover";

/// Where the string does not say: the client waits half a second before its very first call, and three
/// seconds for a node that does not answer, while others would.
const PATIENCE: [(&str, &str); 2] = [("discoveryInterval", "50"), ("gossipTimeout", "1000")];

/// What the client knows, in small letters, as it compares them. It passes over all others.
const KNOWN: &[&str] = &[
    "connectionname",
    "defaultdeadline",
    "discoveryinterval",
    "gossiptimeout",
    "keepaliveinterval",
    "keepalivetimeout",
    "maxdiscoverattempts",
    "nodepreference",
    "tls",
    "tlscafile",
    "tlsverifycert",
    "usercertfile",
    "userkeyfile",
];

/// A connection string that was understood. Shown without its password.
#[derive(Clone)]
pub struct Address {
    pub(crate) settings: ClientSettings,
    pub(crate) log: LogName,
    pub(crate) deadline: Duration,
    shown: String,
}

/// A connection string that cannot be used. Says nothing of a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AddressError(String);

fn wrong<T>(what: impl Into<String>) -> Result<T, AddressError> {
    Err(AddressError(what.into()))
}

/// The name of a log in a cluster: its streams are called `<log>.<stream>`, so that several logs,
/// and other programs, share one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogName(String);

impl LogName {
    fn new(name: &str) -> Result<Self, AddressError> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || name.len() > LOG_MAX || !name.bytes().all(fits) {
            return wrong(format!(
                "log={name}: the name of a log has 1 to {LOG_MAX} small letters, digits and _"
            ));
        }
        Ok(Self(format!("{name}.")))
    }

    /// What the names of all its streams begin with, and those of no other log.
    pub(crate) fn prefix(&self) -> &str {
        &self.0
    }
}

impl Address {
    /// Whether a text is meant as one: told by its scheme.
    #[must_use]
    pub fn is_meant(url: &str) -> bool {
        url.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(url: &str) -> Result<Self, AddressError> {
        let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| is_scheme(scheme))
        else {
            return wrong("it does not begin with kurrentdb:// or kurrentdb+discover://");
        };
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = authority.trim_end_matches('/');
        let (user, hosts) = match authority.rsplit_once('@') {
            Some((user, hosts)) => (Some(user), hosts),
            None => (None, authority),
        };
        check_user(user)?;
        check_hosts(hosts, scheme.ends_with(DISCOVER))?;
        let Parameters { log, deadline, rest } = Parameters::read(query)?;
        let rest = rest.join("&");
        let settings: ClientSettings = match format!("{scheme}://{authority}?{rest}").parse() {
            Ok(settings) => settings,
            Err(error) => return wrong(without_password(error)),
        };
        if settings.node_preference() != NodePreference::Leader {
            return wrong(
                "nodePreference: only the leader of a cluster has read what it acknowledged",
            );
        }
        check_certificates(&settings)?;
        let name = user.and_then(|user| user.split(':').next());
        let name = name.map(|name| format!("{name}@")).unwrap_or_default();
        let shown = format!("{}://{name}{hosts}?log={}", scheme, log.0.trim_end_matches('.'));
        Ok(Self { settings, log, deadline, shown })
    }
}

fn is_scheme(scheme: &str) -> bool {
    SCHEMES.contains(&scheme.strip_suffix(DISCOVER).unwrap_or(scheme))
}

/// The client sends user and password as the parser of URLs leaves them, which escapes most other
/// characters and resolves no escape.
fn check_user(user: Option<&str>) -> Result<(), AddressError> {
    let Some(user) = user else { return Ok(()) };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+".contains(c);
    match user.split_once(':') {
        Some((name, password))
            if !name.is_empty() && name.chars().all(fits) && password.chars().all(fits) =>
        {
            Ok(())
        }
        _ => wrong(
            "before @ stand a user and a password, as user:password, of letters, digits and \
             - . _ ~ ! $ & ' ( ) * + alone: the client sends other characters wrongly",
        ),
    }
}

fn check_hosts(hosts: &str, discover: bool) -> Result<(), AddressError> {
    if hosts.is_empty() || hosts.split(',').any(str::is_empty) {
        return wrong("it names no host, or an empty one");
    }
    if hosts.contains('/') {
        return wrong("after the hosts may stand nothing but ? and parameters");
    }
    if discover && hosts.contains(',') {
        return wrong(
            "+discover takes one name, behind which all nodes are found; for several hosts write \
             kurrentdb://",
        );
    }
    Ok(())
}

fn check_certificates(settings: &ClientSettings) -> Result<(), AddressError> {
    let Some(file) = settings.tls_ca_file() else { return Ok(()) };
    // The client would panic on a file without certificates.
    let read = CertificateDer::pem_file_iter(file);
    let certificates = read.and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match certificates {
        Ok(found) if !found.is_empty() => Ok(()),
        Ok(_) => wrong(format!("tlsCaFile: {file} has no certificate")),
        Err(error) => wrong(format!("tlsCaFile: {file} cannot be read: {error}")),
    }
}

/// The client's own error repeats the string that it was given.
fn without_password(error: kurrentdb::ClientSettingsParseError) -> String {
    match error.error() {
        Some(reason) => format!("it is no connection string: {reason}"),
        None => error.message().to_owned(),
    }
}

/// What stands after the question mark.
struct Parameters {
    log: LogName,
    deadline: Duration,
    /// What is the client's.
    rest: Vec<String>,
}

impl Parameters {
    fn read(query: &str) -> Result<Self, AddressError> {
        let mut read = Self { log: LogName::new(LOG)?, deadline: DEADLINE, rest: Vec::new() };
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.to_ascii_lowercase().as_str() {
                "log" => read.log = LogName::new(value)?,
                "connectionname" if !value.bytes().all(|byte| byte.is_ascii_graphic()) => {
                    return wrong("connectionName: printable ASCII only");
                }
                "defaultdeadline" => read.deadline = milliseconds(value)?,
                "maxdiscoverattempts" if matches!(value, "0" | "1") => {
                    return wrong(
                        "maxDiscoverAttempts: at least 2; the client's first never connects",
                    );
                }
                known if KNOWN.contains(&known) => {}
                _ => return wrong(format!("{name} is no parameter of a connection string")),
            }
            if !name.eq_ignore_ascii_case("log") {
                read.rest.push(parameter.to_owned());
            }
        }
        // The client takes the last of several.
        read.rest.splice(0..0, PATIENCE.map(|(name, value)| format!("{name}={value}")));
        Ok(read)
    }
}

/// The client takes -1 for "for ever", which nobody should wait.
fn milliseconds(value: &str) -> Result<Duration, AddressError> {
    match value.parse() {
        Ok(number @ 1..=600_000) => Ok(Duration::from_millis(number)),
        _ => wrong(format!("defaultDeadline={value}: milliseconds, 1 to 600000")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Address, AddressError> {
        url.parse()
    }

    #[test]
    fn strings_of_other_clients_are_understood() {
        for url in [
            "kurrentdb://localhost:2113?tls=false",
            "esdb://admin:changeit@node1:2113,node2:2113,node3?tls=true&tlsVerifyCert=false",
            "kurrentdb+discover://cluster.example:2113?maxDiscoverAttempts=10&gossipTimeout=500",
            "kdb://localhost/?keepAliveInterval=10000",
        ] {
            assert!(parse(url).is_ok(), "{:?}", parse(url));
            assert!(Address::is_meant(url));
        }
        assert!(!Address::is_meant("sqlite:a.db") && !Address::is_meant("mongodb://x"));
    }

    #[test]
    fn a_log_has_a_name_of_its_own() {
        let address = parse("kurrentdb://localhost?tls=false").unwrap();
        assert_eq!((address.log.prefix(), address.deadline), ("hieuhoc.", DEADLINE));
        assert_eq!(address.settings.discovery_interval(), Duration::from_millis(50));
        let address = parse("kurrentdb://localhost?discoveryInterval=70").unwrap();
        assert_eq!(address.settings.discovery_interval(), Duration::from_millis(70));
        let address = parse("kurrentdb://localhost?log=phu_tho&defaultDeadline=250").unwrap();
        assert_eq!(address.log.prefix(), "phu_tho.");
        assert_eq!(address.deadline, Duration::from_millis(250));
        for log in ["", "Phú_Thọ", "a.b", "a-b", "$a", &"x".repeat(41)] {
            assert!(parse(&format!("kurrentdb://localhost?log={log}")).is_err(), "{log}");
        }
    }

    #[test]
    fn a_password_is_shown_to_nobody() {
        let url = "kurrentdb://an:b1-mat@node1:2113,node2:2113?tls=false";
        let address = parse(url).unwrap();
        assert_eq!(address.to_string(), "kurrentdb://an@node1:2113,node2:2113?log=hieuhoc");
        assert_eq!(format!("{address:?}"), address.to_string());
        for url in [
            "kurrentdb://an:b1-mat@node1:x",
            "kurrentdb://an:b1-mat@node1:2113,node2:x",
            "kurrentdb://an:b1-mat@no de",
            "kurrentdb://an:b1-mat@node1?tls=perhaps",
            "kurrentdb://an:b1-mat@node1?nodePreference=nobody",
        ] {
            let told = parse(url).unwrap_err().to_string();
            assert!(!told.contains("b1-mat"), "{told}");
        }
    }

    #[test]
    fn what_the_client_would_pass_over_is_an_error() {
        for (url, word) in [
            ("kurrentdb://localhost?tsl=false", "tsl"),
            ("kurrentdb+discover://a:1,b:2", "+discover"),
            ("kurrentdb://an:p%40ss@localhost", "user:password"),
            ("kurrentdb://an:p;ss@localhost", "user:password"),
            ("kurrentdb://an@localhost", "user:password"),
            ("kurrentdb://localhost?nodePreference=follower", "leader"),
            ("kurrentdb://localhost/some/path", "after the hosts"),
            ("kurrentdb://", "no host"),
            ("kurrentdb://a,,b", "no host"),
            ("kurrentdb://localhost?defaultDeadline=-1", "defaultDeadline"),
            ("kurrentdb://localhost?connectionName=hồ", "connectionName"),
            ("kurrentdb://localhost?maxDiscoverAttempts=1", "maxDiscoverAttempts"),
            ("kurrentdb://localhost?tlsCaFile=/no/such/file", "tlsCaFile"),
            ("mongodb://localhost", "begin with"),
        ] {
            let told = parse(url).unwrap_err().to_string();
            assert!(told.contains(word), "{url}: {told}");
        }
    }

    #[test]
    fn a_file_without_certificates_is_an_error_and_no_panic() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for text in ["", "nothing", "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n"] {
            std::fs::write(file.path(), text).unwrap();
            let url = format!("kurrentdb://localhost?tlsCaFile={}", file.path().display());
            assert!(parse(&url).unwrap_err().to_string().contains("tlsCaFile"), "{text}");
        }
    }
}

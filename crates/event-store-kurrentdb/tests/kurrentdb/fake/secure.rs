//! TLS, users and passwords.

use std::io::Write;

use event_store_kurrentdb::fake::{Cluster, Credentials, Method, Options, Tls};
use kurrentdb::{AppendToStreamOptions, Error, StreamState};
use tempfile::NamedTempFile;

use crate::fake::rig::{append, client, client_at, event};

fn identity() -> (Tls, NamedTempFile) {
    let signed = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate = signed.cert.pem();
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(certificate.as_bytes()).unwrap();
    (Tls { certificate, key: signed.signing_key.serialize_pem() }, file)
}

#[tokio::test]
async fn nodes_speak_tls() {
    let (tls, authority) = identity();
    let options = Options { nodes: 3, tls: Some(tls), ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();
    let trusting = format!("{}&tlsCaFile={}", cluster.url(), authority.path().display());
    append(&client_at(&trusting), "a", StreamState::NoStream, [1]).await.unwrap();

    let result = append(&client(&cluster), "a", StreamState::StreamRevision(0), [2]).await;
    assert!(matches!(result, Err(Error::GrpcConnectionError(_))), "{result:?}");
}

#[tokio::test]
async fn what_is_no_identity_is_refused() {
    let tls = Tls { certificate: String::new(), key: String::new() };
    let options = Options { tls: Some(tls), ..Options::default() };
    Cluster::start_with(options).await.unwrap_err();
}

/// This pins down the client: what is escaped in its connection string is sent as it stands.
#[tokio::test]
async fn a_password_that_has_to_be_escaped_arrives_escaped() {
    let credentials = Credentials { user: "someone".to_owned(), password: "p/w".to_owned() };
    let options = Options { credentials: Some(credentials.clone()), ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();
    let url = cluster.url().replace("://", "://someone:p%2Fw@");
    let escaped = append(&client_at(&url), "a", StreamState::NoStream, [1]).await;
    assert!(matches!(escaped, Err(Error::AccessDenied)), "{escaped:?}");

    let Credentials { user, password } = credentials;
    let options = AppendToStreamOptions::default()
        .stream_state(StreamState::NoStream)
        .authenticated(kurrentdb::Credentials::new(user, password));
    client(&cluster).append_to_stream("a", &options, event(1)).await.unwrap();
}

#[tokio::test]
async fn streams_ask_for_the_user_and_finding_a_node_does_not() {
    let credentials = Credentials { user: "someone".to_owned(), password: "p-w".to_owned() };
    let options = Options { nodes: 2, credentials: Some(credentials), ..Options::default() };
    let cluster = Cluster::start_with(options).await.unwrap();

    let nobody = append(&client(&cluster), "a", StreamState::NoStream, [1]).await;
    assert!(matches!(nobody, Err(Error::AccessDenied)), "{nobody:?}");
    let as_user = |user: &str| client_at(&cluster.url().replace("://", &format!("://{user}@")));
    let wrong = append(&as_user("someone:else"), "a", StreamState::NoStream, [1]).await;
    assert!(matches!(wrong, Err(Error::AccessDenied)), "{wrong:?}");
    append(&as_user("someone:p-w"), "a", StreamState::NoStream, [1]).await.unwrap();

    let last = cluster.calls().pop().unwrap();
    assert_eq!((last.method, last.user.as_deref()), (Method::Append, Some("someone")));
}

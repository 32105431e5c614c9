//! Evidence files over HTTP: in by their bytes, out to be saved and nothing else.

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use codec::EvidenceStore as _;
use procedure::{Digest, SubjectId};
use serde_json::json;
use tower::ServiceExt as _;

use crate::world::{INDICATORS, Reply, Staff, World, request};

const PDF: &[u8] = b"%PDF-1.7 Giay khen";
const KINDS: [(&[u8], &str, &str, &str); 4] = [
    (b"\xff\xd8\xff\xe0 picture", "jpeg", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n picture", "png", "image/png", "png"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "webp", "image/webp", "webp"),
    (PDF, "pdf", "application/pdf", "pdf"),
];

async fn hand_in(world: &World, token: &str, case: &str, bytes: &[u8]) -> Reply {
    let headers = [("content-type", "text/html")];
    world.post_raw(token, &format!("{case}/evidence"), &headers, bytes.to_vec()).await
}

fn digest_of(reply: &Reply) -> Digest {
    reply.body["digest"].as_str().unwrap().parse().unwrap()
}

async fn subject_of(world: &World, token: &str, case: &str) -> SubjectId {
    world.get(token, case).await.body["subject"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_file_comes_back_as_it_was_to_be_saved_and_nothing_else() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    for (bytes, kind, media_type, ending) in KINDS {
        let kept = hand_in(&world, &staff.recorder, &case, bytes).await.ok();
        let digest = codec::digest::digest(bytes).unwrap().to_string();
        assert_eq!(kept.status, StatusCode::CREATED);
        let size = bytes.len();
        assert_eq!(kept.body, json!({ "digest": digest, "kind": kind, "size": size }));
        let path = format!("{case}/evidence/{digest}");
        assert_eq!(kept.headers["location"], path);

        let asked = request(Method::GET, &staff.commune, &path, &[], Body::empty());
        let reply = world.router.clone().oneshot(asked).await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK);
        let expected = [
            ("content-type", media_type.to_owned()),
            ("content-disposition", format!("attachment; filename=\"{}.{ending}\"", &digest[..12])),
            ("content-security-policy", "sandbox; default-src 'none'".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("cache-control", "no-store".to_owned()),
        ];
        for (name, value) in expected {
            assert_eq!(reply.headers()[name], value, "{kind}");
        }
        let read = axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap();
        assert_eq!(read, bytes, "{kind}");
    }
}

#[tokio::test]
async fn the_same_file_again_is_the_same_and_a_claim_can_name_it() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let before = world.runner.progress().entries;
    let first = hand_in(&world, &staff.recorder, &case, PDF).await.ok();
    let again = hand_in(&world, &staff.hamlet, &case, PDF).await.ok();
    assert_eq!(first.body, again.body);
    assert_eq!(world.runner.progress().entries, before, "a file is no event");
    let evidence = json!([{ "label": "Giấy khen", "digest": digest_of(&first).as_str() }]);
    let line = |id: &str| json!({ "indicator": id, "points": 9, "evidence": evidence });
    let body = json!({ "lines": INDICATORS.map(line) });
    world.post(&staff.recorder, &format!("{case}/self-assessment"), body).await.ok();
}

#[tokio::test]
async fn what_is_not_a_file_of_a_known_kind_is_refused() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let send = async |bytes: &[u8]| hand_in(&world, &staff.recorder, &case, bytes).await;
    send(b"").await.refused(422, "evidence.empty");
    for bytes in [&b"<html><script>alert(1)</script>"[..], b"GIF89a", b"{}", b"MZ"] {
        send(bytes).await.refused(415, "evidence.bad_kind");
    }
}

#[tokio::test]
async fn ten_megabytes_are_taken_and_more_are_refused_early() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let mut large = PDF.to_vec();
    large.resize(engine::EVIDENCE_MAX, b' ');
    let kept = hand_in(&world, &staff.recorder, &case, &large).await.ok();
    assert_eq!(kept.body["size"], 10 << 20);
    large.push(b' ');
    let reply = hand_in(&world, &staff.recorder, &case, &large).await;
    reply.refused(413, "evidence.too_large");

    let endless = || {
        let chunk = || Ok::<_, std::convert::Infallible>(Bytes::from(vec![b' '; 64 * 1024]));
        Body::from_stream(futures_util::stream::repeat_with(chunk))
    };
    let path = format!("{case}/evidence");
    for headers in [&[("content-length", "100000000")][..], &[]] {
        let post = request(Method::POST, &staff.recorder, &path, headers, endless());
        world.send(post).await.refused(413, "evidence.too_large");
    }
    // Elsewhere the limit is that of forms.
    let post = request(Method::POST, &staff.recorder, "/api/v1/cases", &[], endless());
    world.send(post).await.refused(413, "http.body_too_large");
}

#[tokio::test]
async fn whoever_has_nothing_to_do_with_the_case_hands_nothing_in_and_none_of_it_is_read() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let neighbour = world.officer("neighbour", "hamlet-recorder", "05158-02").await;
    // A body that is never to be asked for.
    let untouched = || {
        let chunk = || -> Result<Bytes, std::convert::Infallible> { panic!("was read") };
        Body::from_stream(futures_util::stream::repeat_with(chunk))
    };
    let path = format!("{case}/evidence");
    let post =
        |token: &str, path: &str| world.send(request(Method::POST, token, path, &[], untouched()));
    post("", &path).await.refused(401, "http.no_token");
    post(&web::secret_text([9; 32]), &path).await.refused(401, "http.bad_token");
    post(&neighbour, &path).await.refused(403, "actor.not_appointed");
    let nobody = "/api/v1/cases/00000000-0000-0000-0000-000000000001/evidence";
    post(&staff.recorder, nobody).await.refused(404, "case.unknown");
    // One's own family's case.
    let id = crate::world::officer_id(&world, &neighbour).await;
    let subject = subject_of(&world, &staff.recorder, &case).await;
    let interest = json!({ "subject": subject.to_string(), "relation": "household" });
    world.post(&world.admin, &format!("/api/v1/officers/{id}/interests"), interest).await.ok();
    hand_in(&world, &neighbour, &case, PDF).await.ok();
    // Nothing is handed in for a case that is closed; what is there can be read.
    let digest = codec::digest::digest(PDF).unwrap();
    let reason = json!({ "reason": "Chuyển nơi ở" });
    world.post(&staff.recorder, &format!("{case}/withdrawal"), reason).await.ok();
    post(&staff.recorder, &path).await.refused(409, "case.closed");
    world.get(&staff.recorder, &format!("{path}/{digest}")).await.ok();
}

#[tokio::test]
async fn what_is_not_there_or_not_whole_says_so() {
    let world = World::new().await;
    let staff = Staff::of(&world).await;
    let case = staff.case(&world, "H-0001").await;
    let other = staff.case(&world, "H-0002").await;
    let digest = digest_of(&hand_in(&world, &staff.recorder, &case, PDF).await.ok());
    let get = async |case: &str, digest: &str| {
        world.get(&staff.recorder, &format!("{case}/evidence/{digest}")).await
    };
    // Of another family, though the place is the same.
    get(&other, digest.as_str()).await.refused(404, "evidence.unknown");
    get(&case, &"0".repeat(64)).await.refused(404, "evidence.unknown");
    for bad in ["x", &"A".repeat(64), "..%2f..%2fkeys.db"] {
        get(&case, bad).await.refused(400, "http.bad_path");
    }
    let subject = subject_of(&world, &staff.recorder, &case).await;
    world.evidence.keep(subject.0, &digest, b"not what was handed in").unwrap();
    get(&case, digest.as_str()).await.refused(500, "evidence.damaged");
}

//! `Gossip.Read` and `ServerFeatures.GetSupportedMethods`: how a client finds its node.

use std::time::{SystemTime, UNIX_EPOCH};

use tonic::Request;
use uuid::Uuid;

use super::call::{Call, Method};
use super::service::{Answered, Service, just};
use super::shared::State;
use super::wire::{ClusterInfo, EndPoint, MemberInfo, SupportedMethods, WireUuid};

const VERSION: &str = "25.1.0";

const FOLLOWER: i32 = 6;
const LEADER: i32 = 8;

impl Service {
    /// Tells who is there.
    pub(super) async fn gossip(self, request: Request<()>) -> Answered<ClusterInfo> {
        let call = Call::new(Method::Gossip, self.node, request.metadata());
        self.play(call, request.metadata(), |_| Ok(just(members(&self.shared.state())))).await
    }

    /// Tells the version.
    pub(super) async fn features(self, request: Request<()>) -> Answered<SupportedMethods> {
        let call = Call::new(Method::Features, self.node, request.metadata());
        let version = SupportedMethods { event_store_server_version: VERSION.to_owned() };
        self.play(call, request.metadata(), |_| Ok(just(version))).await
    }
}

fn members(state: &State) -> ClusterInfo {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let time_stamp = i64::try_from(elapsed.as_nanos() / 100).unwrap_or(i64::MAX);
    let members = state.members.iter().enumerate().map(|(index, member)| MemberInfo {
        // Ids that tell nodes apart; nobody compares them with anything else.
        instance_id: Some(WireUuid::text(Uuid::from_u128(index as u128 + 1))),
        time_stamp,
        state: if state.leader == Some(index) { LEADER } else { FOLLOWER },
        is_alive: member.alive,
        http_end_point: Some(EndPoint {
            address: member.advertised.ip().to_string(),
            port: u32::from(member.advertised.port()),
        }),
    });
    ClusterInfo { members: members.collect() }
}

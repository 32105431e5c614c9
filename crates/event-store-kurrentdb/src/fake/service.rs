//! The methods of a node by their paths, and what happens around each of them: the call is
//! recorded, meets its fault, is admitted or not, and has its effect.

use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;

use futures_util::stream::{self, StreamExt};
use hyper::body::Incoming;
use prost::Message;
use tonic::body::Body;
use tonic::codec::ProstCodec;
use tonic::metadata::MetadataMap;
use tonic::server::Grpc;
use tonic::{Request, Response, Status, Streaming};
use tower::service_fn;

use super::accept::Cutter;
use super::call::Call;
use super::fault::{Answer, Trouble};
use super::shared::Shared;

/// What the server takes for one message.
const MAX_MESSAGE: usize = 17 * 1024 * 1024;

/// A node as a connection sees it.
#[derive(Clone, Debug)]
pub(super) struct Service {
    pub(super) shared: Arc<Shared>,
    pub(super) node: usize,
    pub(super) cutter: Cutter,
}

/// What a method returns.
pub(super) type Answered<M> = Result<Response<Answer<M>>, Status>;

impl Service {
    /// Answers one request.
    pub(super) async fn serve(self, request: hyper::Request<Incoming>) -> hyper::Response<Body> {
        let path = request.uri().path().to_owned();
        match path.as_str() {
            "/event_store.client.streams.Streams/Append" => {
                many(request, |messages| self.clone().append(messages)).await
            }
            "/event_store.client.streams.Streams/Read" => {
                one(request, |message| self.clone().read(message)).await
            }
            "/event_store.client.streams.Streams/Delete" => {
                one(request, |message| self.clone().delete(message)).await
            }
            "/event_store.client.streams.Streams/Tombstone" => {
                one(request, |message| self.clone().tombstone(message)).await
            }
            "/event_store.client.gossip.Gossip/Read" => {
                one(request, |message| self.clone().gossip(message)).await
            }
            "/event_store.client.server_features.ServerFeatures/GetSupportedMethods" => {
                one(request, |message| self.clone().features(message)).await
            }
            _ => Status::unimplemented(path).into_http(),
        }
    }

    /// Plays one call: its fault, and between the fault's halves the `effect`, which makes the
    /// answer.
    pub(super) async fn play<M: Send + 'static>(
        &self,
        call: Call,
        headers: &MetadataMap,
        effect: impl FnOnce(&Call) -> Result<Answer<M>, Status> + Send,
    ) -> Answered<M> {
        let fault = self.shared.begin(&call);
        if self.suffer(fault.before()).await?.is_break() {
            return Ok(Response::new(stream::empty().boxed()));
        }
        let answer = self.shared.admit(&call, headers).and_then(|()| effect(&call));
        if self.suffer(fault.after()).await?.is_break() {
            return Ok(Response::new(stream::empty().boxed()));
        }
        Ok(Response::new(fault.within(answer?, self.cutter.clone())))
    }

    async fn suffer(&self, trouble: Option<&Trouble>) -> Result<ControlFlow<()>, Status> {
        match trouble {
            Some(trouble) => trouble.suffer(&self.cutter).await,
            None => Ok(ControlFlow::Continue(())),
        }
    }
}

/// An answer of one message.
pub(super) fn just<M: Send + 'static>(message: M) -> Answer<M> {
    stream::iter([Ok(message)]).boxed()
}

/// Answers a request of one message.
///
/// All answers are streams: on the wire a unary one is a stream of one message, and a fault can end
/// it before that.
async fn one<I, O, F>(
    request: hyper::Request<Incoming>,
    handle: impl FnMut(Request<I>) -> F,
) -> hyper::Response<Body>
where
    I: Message + Default + 'static,
    O: Message + 'static,
    F: Future<Output = Answered<O>>,
{
    let mut grpc = Grpc::new(ProstCodec::<O, I>::default()).max_decoding_message_size(MAX_MESSAGE);
    grpc.server_streaming(service_fn(handle), request).await
}

/// Answers a request of many messages.
async fn many<I, O, F>(
    request: hyper::Request<Incoming>,
    handle: impl FnMut(Request<Streaming<I>>) -> F + Send,
) -> hyper::Response<Body>
where
    I: Message + Default + 'static,
    O: Message + 'static,
    F: Future<Output = Answered<O>>,
{
    let mut grpc = Grpc::new(ProstCodec::<O, I>::default()).max_decoding_message_size(MAX_MESSAGE);
    grpc.streaming(service_fn(handle), request).await
}

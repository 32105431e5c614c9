//! Three nodes of the fake cluster, to try things by hand where no KurrentDB is at hand. What is written
//! to them is gone when they end.
//!
//! `cargo run --release -p event-store-kurrentdb --features fake --example fake_cluster`

use event_store_kurrentdb::fake::Cluster;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let cluster = Cluster::start(3).await?;
    println!("{}", cluster.url());
    tokio::signal::ctrl_c().await
}

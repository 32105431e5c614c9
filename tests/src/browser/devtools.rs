//! What only the browser's own tools can do: slow lines, whole pictures, figures.
//!
//! They hold for the window that is open, over all pages that it shows.

use serde_json::{Value, json};

use super::Browser;

/// A slow mobile line: bytes a second down and up, and milliseconds there and back.
const DOWN: u32 = 1_600_000 / 8;
const UP: u32 = 750_000 / 8;
const ROUND_TRIP_MS: u32 = 150;
/// A cheap phone, against the machine of the tests.
const SLOWER: u32 = 4;
/// Longer pictures come out torn: no texture is higher.
const PIXELS_MAX: f64 = 16_384.0;

/// What a page weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The page itself and what it is made of.
    pub files: u64,
    /// Bytes over the line, as they were encoded, heads included.
    pub bytes: u64,
}

impl Browser {
    /// Takes every file from the server, as somebody does who comes for the first time.
    #[must_use]
    #[track_caller]
    pub fn without_cache(self) -> Self {
        self.devtools("Network.enable", json!({}));
        self.devtools("Network.setCacheDisabled", json!({"cacheDisabled": true}));
        self
    }

    /// A slow line (1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back) and a slow phone.
    #[must_use]
    #[track_caller]
    pub fn throttled(self) -> Self {
        self.devtools("Network.enable", json!({}));
        let line = json!({
            "offline": false,
            "latency": ROUND_TRIP_MS,
            "downloadThroughput": DOWN,
            "uploadThroughput": UP,
        });
        self.devtools("Network.emulateNetworkConditions", line);
        self.devtools("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER}));
        self
    }

    /// Milliseconds from the request of the page to the first text or picture of it.
    #[must_use]
    #[track_caller]
    pub fn first_contentful_paint(&self) -> f64 {
        const SCRIPT: &str =
            "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null";
        self.wait("first contentful paint", || self.script(SCRIPT, &[]).as_f64())
    }

    /// What came over the line for this page. What came out of the cache counts as a file of no
    /// bytes.
    #[must_use]
    #[track_caller]
    pub fn weight(&self) -> Weight {
        const SCRIPT: &str = "
            const entries = ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind));
            return [entries.length, entries.reduce((sum, one) => sum + one.transferSize, 0)]";
        let answer = self.script(SCRIPT, &[]);
        let number = |place: usize| answer[place].as_u64().unwrap_or_default();
        Weight { files: number(0), bytes: number(1) }
    }

    /// The bytes of [`weight`](Self::weight).
    #[must_use]
    #[track_caller]
    pub fn transferred_bytes(&self) -> u64 {
        self.weight().bytes
    }

    /// A picture of the whole page.
    #[track_caller]
    pub(super) fn full_page(&self) -> Value {
        // A page that has just come may have no size yet.
        let mut area = self.wait("page with a size", || {
            let metrics = self.driver.devtools("Page.getLayoutMetrics", json!({}));
            let area = metrics.ok()?["cssContentSize"].take();
            (area["width"].as_f64()? * area["height"].as_f64()? > 0.0).then_some(area)
        });
        let most = PIXELS_MAX / f64::from(self.viewport.pixel_ratio());
        let height = area["height"].as_f64().unwrap_or_default().min(most);
        (area["height"], area["scale"]) = (height.into(), 1.into());
        let parameters = json!({"format": "png", "captureBeyondViewport": true, "clip": area});
        self.devtools("Page.captureScreenshot", parameters)["data"].take()
    }

    #[track_caller]
    fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.told(command, self.driver.devtools(command, parameters))
    }
}

//! The pages in a real Chromium, and that such a test can fail.

mod every_page;
mod harness;
mod leash;
mod life;
mod pages;
mod site;

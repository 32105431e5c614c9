// How far the cases of a decision have followed, read anew each second until all have.
(function () {
"use strict";
const box = document.querySelector("[data-progress]");
if (!box || box.querySelector("[data-settled]")) return;
const again = () => setTimeout(read, 1000);
async function read() {
  if (document.hidden) { again(); return; }
  try {
    const answer = await fetch(box.dataset.progress, { credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const bar = page.querySelector("[data-bar]");
    if (!bar) return;
    box.replaceChildren(document.importNode(bar, true));
    if (bar.hasAttribute("data-settled")) { location.reload(); return; }
  } catch (error) { /* The next try may get through. */ }
  again();
}
again();
}());

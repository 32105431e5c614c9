// Parts of a page that keep themselves up to date: `data-live` names the stream that tells of changes.
(function () {
"use strict";
const parts = () => Array.from(document.querySelectorAll("[data-live]"));
if (!parts().length || !window.EventSource) return;
let waiting = 0;

// Not under the hands of somebody who is marking or typing; nor in a tab that nobody sees.
const busy = () => document.hidden || parts().some((part) => {
  const active = document.activeElement;
  return part.querySelector("input:checked") || part.querySelector("form[data-sent]") ||
    (part.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName));
});

const refresh = async () => {
  waiting = 0;
  if (busy()) { later(3000); return; }
  const focused = document.activeElement && document.activeElement.closest("[data-row]");
  const link = focused && focused.querySelector("[data-open]");
  const address = link && link.getAttribute("href");
  const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected || busy()) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const coming = Array.from(fresh.querySelectorAll("[data-live]"));
  parts().forEach((part, place) => {
    if (coming[place]) part.replaceWith(document.adoptNode(coming[place]));
  });
  const same = address && document.querySelector(`[data-open][href="${CSS.escape(address)}"]`);
  if (same) same.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("hieuhoc:refreshed"));
};
const later = (pause) => { if (!waiting) waiting = setTimeout(refresh, pause); };

const stream = new EventSource(parts()[0].dataset.live);
stream.addEventListener("change", () => later(1500));
window.addEventListener("pagehide", () => stream.close());
}());

// The slider of a case's history: what is shown follows it while it moves.
(function () {
"use strict";
const form = document.querySelector("form[data-replay]");
if (!form) return;
const range = form.elements.at;
const other = form.elements.to;
const parts = () => Array.from(document.querySelectorAll("[data-replay-part]"));
let asked = null;
let waiting = 0;

const address = () => {
  const url = new URL(form.action);
  url.searchParams.set("at", range.value);
  if (other.value !== "") url.searchParams.set("to", other.value);
  return url;
};

const nearest = () => {
  const list = document.querySelector(".events");
  const line = list && list.querySelector(".is-current");
  if (!line) return;
  const top = line.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + line.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 3;
  }
};

const show = async () => {
  waiting = 0;
  if (asked) asked.abort();
  asked = new AbortController();
  const url = address();
  const answer = await fetch(url, { signal: asked.signal }).catch(() => null);
  if (!answer) return;
  if (!answer.ok || answer.redirected) { location.assign(url); return; }
  const text = await answer.text().catch(() => "");
  if (!text || url.href !== address().href) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const coming = Array.from(fresh.querySelectorAll("[data-replay-part]"));
  const list = document.querySelector(".events");
  const scrolled = list ? list.scrollTop : 0;
  parts().forEach((part, place) => {
    if (coming[place]) part.replaceWith(document.adoptNode(coming[place]));
  });
  const again = document.querySelector(".events");
  if (again) again.scrollTop = scrolled;
  nearest();
  history.replaceState(null, "", url);
};

const soon = () => {
  form.querySelector("output").value = range.value;
  clearTimeout(waiting);
  waiting = setTimeout(show, 90);
};
const move = (steps) => {
  const before = range.value;
  range.value = String(Number(range.value) + steps);
  if (range.value !== before) soon();
};

range.addEventListener("input", soon);
other.addEventListener("change", soon);
form.addEventListener("submit", (event) => { event.preventDefault(); soon(); });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-at]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  range.value = link.dataset.at;
  if (link.dataset.to !== undefined) other.value = link.dataset.to;
  soon();
});
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  if (event.key === "ArrowLeft") move(-1);
  if (event.key === "ArrowRight") move(1);
});
nearest();
}());

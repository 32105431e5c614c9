// A whole day's work without a mouse. Buttons and links say their own key in `data-key`; nothing happens
// while somebody types. The list of keys stands at /keys, for those without a script.
(function () {
"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const places = { q: "/queue", s: "/subjects", d: "/decisions", t: "/oversight", m: "/mine" };
let before = "";

const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

// The links that open the lines of lists.
const links = () => all("table.list tbody tr").map((row) => row.querySelector("th a, td a")).filter(Boolean);

function move(by) {
  const found = links();
  if (!found.length) return false;
  const row = document.activeElement && document.activeElement.closest("table.list tbody tr");
  const at = row ? found.findIndex((link) => row.contains(link)) : -1;
  const to = at < 0 ? (by > 0 ? 0 : found.length - 1) : Math.min(Math.max(at + by, 0), found.length - 1);
  found[to].focus();
  found[to].scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

function go(key) {
  const path = places[key];
  const link = path && document.querySelector(`.menu a[href="${path}"]`);
  if (link) link.click();
  return Boolean(link);
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog && dialog.showModal && !dialog.open) dialog.showModal();
  return Boolean(dialog);
}

// Sends the form by its main button, so that it goes where that button says.
function send(form) {
  const button = form.querySelector("[data-main]") || form.querySelector(".btn--primary, button:not([formaction])");
  form.requestSubmit(button);
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const target = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = target.form || document.querySelector("form[data-review]");
    if (form && form.method === "post") { event.preventDefault(); send(form); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  const second = before === "g" ? event.key : "";
  before = event.key === "g" ? "g" : "";
  let done = false;
  if (second) done = go(second);
  else if (event.key === "j") done = move(1);
  else if (event.key === "k") done = move(-1);
  else if (event.key === "?") done = help();
  else if (event.key === "e") {
    const field = document.querySelector("form[data-review] input[type=number]");
    if (field) { field.focus(); field.select(); done = true; }
  } else if (/^[a-z]$/.test(event.key)) done = press(event.key);
  if (done) event.preventDefault();
});
}());

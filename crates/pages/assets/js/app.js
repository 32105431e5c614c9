// What is pleasanter with a script: every page works without it.
(function () {
"use strict";
const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

// A message about what went wrong is read first.
const first = document.querySelector("[data-focus]");
if (first) first.focus();

// A form that was sent is not sent again while its answer is awaited.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => all("button", form).forEach((button) => { button.disabled = true; }), 0);
});
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    all("button", form).forEach((button) => { button.disabled = false; });
  });
});

// Filters apply as soon as they are chosen.
all("form[data-auto] select, form[data-auto] input[type=checkbox]").forEach((control) => {
  control.addEventListener("change", () => control.form.requestSubmit());
});
}());

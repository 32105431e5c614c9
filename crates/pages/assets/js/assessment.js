// The form of a self-assessment: the sum as it is typed, rows of evidence without a round trip, files
// sent as soon as they are chosen. The server says the same without it.
(function () {
"use strict";
const form = document.querySelector("form[data-assessment]");
if (!form) return;
const all = (selector) => Array.from(form.querySelectorAll(selector));
const read = (name) => { try { return JSON.parse(form.dataset[name] || "[]"); } catch (_) { return []; } };
const bands = read("bands"), levels = read("levels");
const minimum = form.dataset.minimum === "" ? null : Number(form.dataset.minimum);
const each = form.dataset.each === "" ? null : Number(form.dataset.each);
const fill = (text, count) => text.replace("#", String(count));

function points() {
  const found = {};
  all("[data-points]").forEach((input) => {
    const id = input.dataset.points, most = Number(input.dataset.maximum);
    if (input.type === "radio" && !input.checked) { found[id] = found[id] || 0; return; }
    const value = Number(input.value);
    found[id] = Number.isInteger(value) ? Math.min(Math.max(value, 0), most) : 0;
  });
  return found;
}
// The same judgement as the rules make of the points.
function judge(found) {
  const values = Object.values(found), total = values.reduce((sum, value) => sum + value, 0);
  if (levels.length) {
    const open = (level) => level[1].filter((id) => !found[id]);
    let reached = null;
    for (const level of levels) { if (open(level).length) break; reached = level; }
    if (reached) return { total, ok: true, text: form.dataset.reached + " · " + reached[0] };
    return { total, ok: false, text: fill(form.dataset.missing, open(levels[0]).length) };
  }
  const band = bands.find((one) => total >= one[1]), name = band ? " · " + band[0] : "";
  if (minimum !== null && total < minimum) return { total, ok: false, text: fill(form.dataset.short, minimum - total) + name };
  const low = each === null ? 0 : values.filter((value) => value < each).length;
  if (low) return { total, ok: false, text: fill(form.dataset.missing, low) + name };
  return { total, ok: true, text: form.dataset.reached + name };
}
const total = form.querySelector("[data-total]"), verdict = form.querySelector("[data-verdict]");
function show() {
  const judged = judge(points());
  total.textContent = String(judged.total);
  if (verdict.textContent !== judged.text) verdict.textContent = judged.text;
  verdict.classList.toggle("badge--ok", judged.ok);
  verdict.classList.toggle("badge--warn", !judged.ok);
}
form.addEventListener("input", show);
show();

all("[data-add]").forEach((button) => button.addEventListener("click", (event) => {
  const rows = button.closest(".ind__evidence").querySelectorAll("[data-row]");
  const last = rows[rows.length - 1];
  if (!last) return;
  event.preventDefault();
  const row = last.cloneNode(true);
  row.querySelectorAll("input").forEach((input) => { input.value = ""; });
  row.querySelectorAll(".ev__file").forEach((part) => part.remove());
  last.after(row);
  row.querySelector("input").focus();
}));
all("[data-file]").forEach((input) => {
  const button = input.parentElement.querySelector("[data-upload]");
  input.addEventListener("change", () => {
    const file = input.files[0];
    input.setCustomValidity("");
    if (!file) return;
    if (file.size > Number(form.dataset.limit)) {
      input.value = "";
      input.setCustomValidity(form.dataset.large);
      input.reportValidity();
      return;
    }
    changed = false;
    form.requestSubmit(button);
  });
});

// Whoever leaves with something that is not saved is asked.
let changed = false;
form.addEventListener("input", () => { changed = true; });
form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}());

// The form of a review while it is filled in: sums, threshold and targets live; Enter goes down one line;
// all claims accepted without a way to the server. Without a script the server counts.
(function () {
"use strict";
const form = document.querySelector("form[data-review]");
if (!form) return;
const bar = form.querySelector("[data-sum]");
const lines = Array.from(form.querySelectorAll("tr[data-line]")).map((row) => ({
  row,
  id: row.dataset.line,
  claimed: Number(row.dataset.claimed),
  maximum: Number(row.dataset.maximum),
  points: row.querySelector("input[type=number]"),
  finding: row.querySelector("select"),
  note: row.querySelector("textarea"),
}));
const value = (line) => {
  const points = Number(line.points.value);
  return Number.isInteger(points) && points >= 0 ? Math.min(points, line.maximum) : 0;
};

function verdict(total) {
  const data = bar.dataset;
  const missing = [];
  const groups = Array.from(bar.querySelectorAll("[data-targets]"));
  let unmet = 0;
  groups.forEach((group, index) => {
    const ids = group.dataset.targets.split(" ");
    const met = lines.filter((line) => ids.includes(line.id) && value(line) > 0).length;
    group.querySelector("[data-met]").textContent = met;
    if (index === 0) unmet = ids.length - met;
  });
  if (groups.length && unmet) missing.push(unmet);
  if (data.minimum && total < Number(data.minimum)) missing.push(Number(data.minimum) - total);
  const low = data.each ? lines.filter((line) => value(line) < Number(data.each)).length : 0;
  if (low) missing.push(`${low} ${data.low}`);
  const shown = bar.querySelector("[data-verdict]");
  shown.textContent = missing.length ? `${data.short} ${missing.join("; ")}` : data.reached;
  shown.className = missing.length ? "badge badge--bad" : "badge badge--ok";
}

function band(total) {
  const shown = bar.querySelector("[data-band]");
  const bands = Array.from(bar.querySelectorAll("[data-bands] li"));
  if (!shown || !bands.length) return;
  const found = bands.find((one) => total >= Number(one.dataset.from));
  shown.hidden = !found;
  shown.textContent = found ? found.textContent : "";
}

function count() {
  const total = lines.reduce((sum, line) => sum + value(line), 0);
  const own = bar.querySelector("[data-own]");
  if (own) own.textContent = total;
  lines.forEach((line) => {
    const differs = value(line) !== line.claimed || line.finding.value === "unsupported";
    line.row.classList.toggle("is-changed", differs);
    line.note.required = differs || line.finding.value === "adjusted";
  });
  verdict(total);
  band(total);
}

form.addEventListener("input", count);
form.addEventListener("focusin", (event) => {
  if (event.target.type === "number") event.target.select();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  const at = lines.findIndex((line) => line.points === event.target || line.finding === event.target);
  if (at < 0) return;
  event.preventDefault();
  const next = lines[at + 1];
  (next ? next.points : form.querySelector("[data-main]")).focus();
});

const accept = form.querySelector("[data-accept]");
accept.addEventListener("click", (event) => {
  event.preventDefault();
  lines.forEach((line) => { line.points.value = line.claimed; line.finding.value = "confirmed"; });
  count();
  form.querySelector("[data-main]").focus();
});
form.querySelector("[data-recount]").hidden = true;

// What was typed is not lost by leaving unawares.
let touched = false;
form.addEventListener("input", () => { touched = true; });
form.addEventListener("submit", () => { touched = false; });
window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
count();
}());

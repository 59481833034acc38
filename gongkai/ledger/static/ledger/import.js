// 核对页的键盘与原文对照: the page works without it; it adds keys, and lets the source follow the chosen task.
const pane = document.querySelector("[data-import]");
const hints = document.querySelector("[data-keys]");
const toggle = document.querySelector("[data-keys-switch]");
const KEPT = "gongkai.import.keys";
let singleKeys = localStorage.getItem(KEPT) !== "off";
let chosen = null;

const rows = () => [...pane.querySelectorAll("[data-row]")];
const rowOf = (element) => element?.closest?.("[data-row]");
const opener = (row) => row?.querySelector("[data-open]");

// the source scrolls inside its own box to the piece of the chosen task, and colours it
function show(row) {
  chosen = row?.dataset.row ?? chosen;
  for (const piece of pane.querySelectorAll(".gk-source__piece--chosen")) piece.classList.remove("gk-source__piece--chosen");
  const piece = document.getElementById(`source-${chosen}`);
  if (!piece) return;
  piece.classList.add("gk-source__piece--chosen");
  const box = piece.closest(".gk-source");
  if (getComputedStyle(pane).display !== "grid") return; // below the tasks on a phone: nothing beside them to scroll
  box.scrollTop += piece.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 4;
}

function go(row) {
  if (!row) return;
  (opener(row) ?? row.querySelector("textarea, input:not([type=hidden])"))?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.row === chosen);
  go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function nextDoubtful() {
  const all = rows();
  const at = all.findIndex((row) => row.dataset.row === chosen);
  const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  go(after.find((row) => "doubtful" in row.dataset));
}

const here = () => rows().find((row) => row.dataset.row === chosen);
const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  n: nextDoubtful,
  c: () => here()?.querySelector("[data-check]")?.click(),
};

function typing(element) {
  return element.matches("input, textarea, select, [contenteditable], summary, .gk-source");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  const row = rowOf(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && row) {
    event.preventDefault();
    row.querySelector("[data-save]")?.click();
  } else if (event.key === "Escape" && row?.querySelector("[data-close]")) {
    event.preventDefault();
    row.querySelector("[data-close]").click();
  } else if (singleKeys && !event.ctrlKey && !event.metaKey && !typing(event.target) && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

pane.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (row) show(row);
});

pane.addEventListener("click", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  show(row);
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    const form = row.querySelector("form");
    htmx.ajax("POST", form.action, { target: `#${row.id}`, swap: "outerHTML", values: { act: "close", csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value } });
  } else if (event.target.closest(".gk-read__source") && getComputedStyle(pane).display === "grid") {
    event.preventDefault(); // the source is beside the task: the page itself need not jump
  }
});

// after a row was opened or saved, the focus stays with it
document.body.addEventListener("htmx:afterSettle", () => {
  const row = here();
  if (row && !row.contains(document.activeElement)) {
    const first = row.querySelector(".govuk-error-summary a, [name=text]") ?? opener(row);
    first?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
});

function told() {
  toggle.textContent = singleKeys ? "停用单键快捷键" : "启用单键快捷键";
}

toggle.addEventListener("click", () => {
  singleKeys = !singleKeys;
  localStorage.setItem(KEPT, singleKeys ? "on" : "off");
  told();
});

told();
const asked = new URLSearchParams(location.search).get("row");
if (asked) {
  chosen = asked;
  show(here());
  go(here());
}

// 自动保存: what is typed goes to the server every few seconds; until it is there, a copy stays in this browser.
import { post } from "./post.js";

const WAIT = 3000;
const NEAR = 400;
const SMALL = 20000; // what a browser still sends for a page that is being closed: 64 KB at most
const form = document.querySelector("form[data-autosave]");

function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || value instanceof File) continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  return fields;
}

function start() {
  const says = document.querySelector("[data-autosave-says]");
  const place = `edition-${form.dataset.edition}`;
  let sent = JSON.stringify(typed());
  let timer = null;
  let near = null;
  let leaving = false;

  const keep = (text, submitted = false) => {
    try {
      if (text === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify({ at: Date.now(), submitted, fields: text }));
    } catch {
      // storage is switched off or full: the page itself still holds the text
    }
  };
  const hold = () => {
    near = null;
    if (leaving) return;
    keep(JSON.stringify(typed()));
    if (says.dataset.tone !== "bad") says.textContent = "正在输入，稍后自动保存";
  };
  const save = async () => {
    clearTimeout(near);
    timer = near = null;
    const now = JSON.stringify(typed());
    if (now === sent || leaving) return;
    try {
      const ways = { keepalive: now.length < SMALL };
      const answer = await post(form.dataset.autosave, { typed: now, version: form.elements.version.value }, ways);
      sent = now;
      if (timer) hold();
      else if (!leaving) keep(null);
      says.textContent = `已自动保存 ${answer.at}`;
      says.dataset.tone = "good";
    } catch {
      keep(now);
      says.textContent = "连接不上服务器，内容已存在这台电脑上，恢复后自动保存";
      says.dataset.tone = "bad";
      timer ??= setTimeout(save, WAIT * 3);
    }
  };
  const soon = () => {
    timer ??= setTimeout(save, WAIT);
    near ??= setTimeout(hold, NEAR);
    if (says.dataset.tone !== "bad") says.textContent = "正在输入…";
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    leaving = true;
    setTimeout(() => (leaving = false), WAIT * 5); // a page that could not be sent goes on
    keep(JSON.stringify(typed()), true); // until the server has answered: a session may have ended meanwhile
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    if (timer) hold();
    save();
  });
  offer(place);
}

// whether the server has it by now: saved, on the page, or kept as typed; no clock is asked, clocks differ
function arrived(kept) {
  const held = JSON.parse(kept.fields);
  const server = JSON.parse(document.getElementById("typed")?.textContent ?? "null");
  const alike = (other) => Object.keys(other).every((name) => JSON.stringify(other[name]) === JSON.stringify(held[name]));
  const since = Number(held.version) < Number(form.elements.version.value);
  if (kept.submitted && since && form.dataset.mine) return true;
  return alike(typed()) || (server !== null && alike(server));
}

// what stayed in this browser because the page or the way to the server broke is offered once more
function offer(place) {
  const bar = document.querySelector("[data-autosave-local]");
  const drop = () => {
    localStorage.removeItem(place);
    bar.hidden = true;
  };
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(place));
    if (!kept) return;
    if (arrived(kept)) return drop();
  } catch {
    return;
  }
  const at = new Date(kept.at);
  bar.querySelector("[data-at]").textContent = `${at.getMonth() + 1}月${at.getDate()}日 ${at.toTimeString().slice(0, 5)} `;
  bar.hidden = false;
  bar.querySelector("[data-drop]").addEventListener("click", drop);
  bar.querySelector("[data-restore]").addEventListener("click", async () => {
    await post(form.dataset.autosave, { typed: kept.fields, version: form.elements.version.value });
    drop();
    location.search = "?restore=1";
  });
}

if (form) start();

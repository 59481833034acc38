// 自动保存: what is typed goes to the server every few seconds; until it is there, a copy stays in this browser.
// Each page keeps a copy of its own, so that what an earlier page left stays until somebody answers for it.
import { post } from "./post.js";

const WAIT = 3000;
const NEAR = 400;
const SMALL = 20000; // what a browser still sends for a page that is being closed: 64 KB at most
const MARKS = new Set(["csrfmiddlewaretoken", "page", "restored"]);
const form = document.querySelector("form[data-autosave]");

function typed() {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (MARKS.has(name) || value instanceof File) continue;
    fields[name] = name in fields ? [].concat(fields[name], value) : value;
  }
  return fields;
}

function start() {
  const says = document.querySelector("[data-autosave-says]");
  const { page, restored, version } = form.elements;
  const place = `edition-${form.dataset.edition}-${page.value}`;
  let sent = JSON.stringify(typed());
  let timer = null;
  let near = null;
  let leaving = false;

  const keep = (text, submitted = false) => {
    try {
      if (text === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify({ at: Date.now(), submitted, page: page.value, fields: text }));
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
    clearTimeout(timer);
    timer = near = null;
    const now = JSON.stringify(typed());
    if (now === sent || leaving) return;
    try {
      const ways = { keepalive: now.length < SMALL };
      const told = { typed: now, version: version.value, page: page.value, restored: restored.value };
      const answer = await post(form.dataset.autosave, told, ways);
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
  for (const discard of document.querySelectorAll("form[data-forget]")) forgetHere(discard);
  const began = `edition-${form.dataset.edition}`;
  for (const key of Object.keys(localStorageOrNone())) {
    if (key !== place && (key === began || key.startsWith(`${began}-`))) offer(key, save);
  }
}

function localStorageOrNone() {
  try {
    return localStorage;
  } catch {
    return {};
  }
}

// to discard an old copy must not cost what is being typed: the page stays
function forgetHere(discard) {
  discard.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post(discard.action, Object.fromEntries(new FormData(discard)));
      discard.closest("[data-offer]").remove();
    } catch {
      discard.submit();
    }
  });
}

// whether the server has it by now: saved, on the page, or kept as typed; no clock is asked, clocks differ
function arrived(kept) {
  const held = JSON.parse(kept.fields);
  const server = JSON.parse(document.getElementById("kept")?.textContent ?? "[]");
  const alike = (other) => Object.keys(other).every((name) => JSON.stringify(other[name]) === JSON.stringify(held[name]));
  const since = Number(held.version) < Number(form.elements.version.value);
  if (kept.submitted && since && form.dataset.mine) return true;
  return alike(typed()) || server.some(alike);
}

// what stayed in this browser because the page or the way to the server broke is offered once more
function offer(place, saveOwn) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(place));
    if (!kept) return;
    if (arrived(kept)) return localStorage.removeItem(place);
  } catch {
    return;
  }
  const pattern = document.querySelector("template[data-autosave-local]");
  const bar = pattern.content.firstElementChild.cloneNode(true);
  const drop = () => {
    localStorage.removeItem(place);
    bar.remove();
  };
  const at = new Date(kept.at);
  bar.querySelector("[data-at]").textContent = `${at.getMonth() + 1}月${at.getDate()}日 ${at.toTimeString().slice(0, 5)} `;
  bar.querySelector("[data-drop]").addEventListener("click", drop);
  bar.querySelector("[data-restore]").addEventListener("click", async () => {
    const { version } = JSON.parse(kept.fields);
    const told = { typed: kept.fields, version: version || form.elements.version.value, page: kept.page ?? "" };
    try {
      const { copy } = await post(form.dataset.autosave, told);
      await saveOwn();
      drop();
      location.search = `?restore=${copy}`;
    } catch (refused) {
      bar.querySelector("[data-says]").textContent = `没有恢复成功：${refused.message}。内容仍在这台电脑上。`;
    }
  });
  pattern.after(bar);
}

if (form) start();

// 自动保存: what is typed goes to the server every few seconds; while it cannot be reached, it stays in this browser.
import { post } from "./post.js";

const WAIT = 3000;
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
  let leaving = false;

  const keep = (text) => {
    try {
      if (text === null) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify({ version: form.elements.version.value, fields: text }));
    } catch {
      // storage is switched off or full: the page itself still holds the text
    }
  };
  const save = async () => {
    timer = null;
    const now = JSON.stringify(typed());
    if (now === sent || leaving) return;
    try {
      const answer = await post(form.dataset.autosave, { typed: now, version: form.elements.version.value });
      sent = now;
      keep(null);
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
    if (says.dataset.tone !== "bad") says.textContent = "正在输入…";
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    leaving = true;
    setTimeout(() => (leaving = false), WAIT * 5); // a page that could not be sent goes on
    keep(JSON.stringify(typed())); // until the server has answered: a session may have ended meanwhile
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  offer(place);
}

// what stayed in this browser because the server was out of reach is offered once more
function offer(place) {
  const bar = document.querySelector("[data-autosave-local]");
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(place));
  } catch {
    return;
  }
  const drop = () => {
    localStorage.removeItem(place);
    bar.hidden = true;
  };
  if (!kept) return;
  const saved = kept.version !== form.elements.version.value && form.dataset.mine; // by this person, since then
  if (saved || kept.fields === JSON.stringify(typed())) {
    drop();
    return;
  }
  bar.hidden = false;
  bar.querySelector("[data-drop]").addEventListener("click", drop);
  bar.querySelector("[data-restore]").addEventListener("click", async () => {
    await post(form.dataset.autosave, { typed: kept.fields, version: form.elements.version.value });
    drop();
    location.search = "?restore=1";
  });
}

if (form) start();

// 检索联想: titles while somebody types, offered by the browser's own list; the page works without it.
const WAIT = 160;
let timer = 0;
let asked = "";

async function offer(input) {
  const words = input.value.trim();
  if (words.length < 2 || words === asked) return;
  asked = words;
  const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || words !== input.value.trim()) return;
  const found = await answer.json();
  input.list.replaceChildren(...found.map((title) => new Option(title, title)));
}

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(input).catch(() => {}), WAIT);
  };
  input.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  input.addEventListener("compositionend", later);
}

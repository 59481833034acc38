// 正文工具: reads a text aloud with the browser's own voice, and copies the address of the page.
const said = document.getElementById("said");
const tell = (words) => { if (said) said.textContent = words; };

function reader(button) {
  const text = document.querySelector(button.dataset.read);
  if (!text || !("speechSynthesis" in window)) { button.parentElement.hidden = true; return; }
  const rest = button.textContent;
  let queue = [];
  let shown = null;
  const mark = (element) => {
    shown?.classList.remove("gk-being-read");
    shown = element;
    shown?.classList.add("gk-being-read");
  };
  const stop = () => {
    queue = [];
    speechSynthesis.cancel();
    mark(null);
    button.textContent = rest;
    button.setAttribute("aria-pressed", "false");
  };
  const next = () => {
    const piece = queue.shift();
    if (!piece) { stop(); tell("已读完"); return; }
    mark(piece.element);
    const speech = new SpeechSynthesisUtterance(piece.words);
    speech.lang = "zh-CN";
    speech.rate = 0.95;
    speech.onend = () => { if (button.getAttribute("aria-pressed") === "true") next(); };
    speech.onerror = (event) => { if (!["canceled", "interrupted"].includes(event.error)) { stop(); tell("这台设备没有可用的中文语音"); } };
    speechSynthesis.speak(speech);
  };
  // long texts are read by sentences: some browsers fall silent after a quarter of a minute
  const pieces = () => [...text.querySelectorAll("h2, h3, h4, p, li, caption, td, th")]
    .filter((element) => !element.querySelector("p, li"))
    .flatMap((element) => (element.textContent.match(/[^。！？；\n]+[。！？；]?/g) ?? [])
      .map((words) => words.trim()).filter(Boolean).map((words) => ({ element, words })));
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") { stop(); tell("已停止朗读"); return; }
    queue = pieces();
    button.setAttribute("aria-pressed", "true");
    button.textContent = button.dataset.reading;
    tell("正在朗读");
    next();
  });
  addEventListener("pagehide", stop);
}

for (const button of document.querySelectorAll("[data-read]")) reader(button);
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      tell(button.dataset.done);
    } catch {
      prompt("请复制这个链接", button.dataset.copy);
    }
  });
}

// 查找框: titles while somebody types, as a combobox (ARIA 1.2); without script a button lists them as radios.
const WAIT = 160;
const SHORTEST = 2;

function element(tag, about, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function begin(box) {
  const input = box.querySelector(".govuk-input");
  const meant = box.querySelector(`input[name="${input.name}_for"]`);
  const shown = box.querySelector(".gk-pick__found");
  const says = box.querySelector("[data-pick-says]");
  const list = element("ul", { role: "listbox", id: `${input.id}_list`, class: "gk-pick__list", "aria-label": "查到的信息" });
  let found = [];
  let at = -1;
  let timer = 0;
  let asked = null;

  box.querySelector(".gk-pick__find").hidden = true;
  box.classList.add("gk-pick--live");
  list.hidden = true;
  box.querySelector(".gk-pick__row").append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    at = place;
    for (const [number, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(number === at));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (place) => {
    const { code, title, about } = found[place];
    input.value = meant.value = title;
    const pick = element("input", { type: "hidden", name: `${input.name}_pick`, value: code });
    shown.replaceChildren(element("p", { class: "gk-pick__chosen" }, element("strong", {}, `已选：${title}`), element("span", { class: "gk-pick__about" }, about)), pick);
    says.textContent = `已选：${title}`;
    close();
  };
  const draw = () => {
    const options = found.map(({ title, about }, place) => {
      const option = element("li", { role: "option", id: `${list.id}_${place}`, class: "gk-pick__option", "aria-selected": "false" }, title, element("span", { class: "gk-pick__about" }, about));
      option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      option.addEventListener("click", () => choose(place));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(-1);
    says.textContent = found.length ? `查到 ${found.length} 条，用上下键选择` : "没有查到，请换几个词";
    if (!found.length) shown.replaceChildren(element("p", { class: "gk-quiet" }, "没有查到，请换几个词。"));
  };
  const ask = async () => {
    const words = input.value.trim();
    asked?.abort();
    if (words.length < SHORTEST) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.pick}?q=${encodeURIComponent(words)}`, { signal: asked.signal, redirect: "manual" });
      if (!answer.ok) return;
      ({ found } = await answer.json());
      draw();
    } catch {
      // left behind by the next letter, or offline: the words themselves can still be sent
    }
  };
  const later = () => {
    shown.replaceChildren(); // another paper is meant now
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  input.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  input.addEventListener("compositionend", later);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length);
    } else if (event.key === "Enter" && open && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
}

for (const box of document.querySelectorAll("[data-pick]")) begin(box);

// 工作页面脚本: pages work without it; it wakes the components and the small helps below.
import { initAll } from "../vendor/govuk-frontend.js";
import { initAll as initCasework } from "../vendor/moj-frontend.js";
import "./print.js";
import { words } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function wake(scope) {
  initAll({ ...words, scope });
  initCasework({ scope });
  for (const label of scope.querySelectorAll(".moj-multi-select__toggle-label .govuk-visually-hidden")) label.textContent = "全选";
}

wake(document.body);
// on a phone the menus scroll sideways: the entry of this page must be in sight
for (const here of document.querySelectorAll(".moj-primary-navigation__link[aria-current], .gk-second__link[aria-current]")) {
  const list = here.closest("ul");
  list.scrollLeft = here.getBoundingClientRect().left - list.getBoundingClientRect().left - 100;
}

document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) wake(event.target);
});

// a select marked data-submit sends its form as soon as it changes; its button stays for people without script
document.body.addEventListener("change", (event) => {
  if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
});

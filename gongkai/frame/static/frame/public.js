// 公众页面脚本: pages work without it; it adds error focus, word counts, double-click care, reading aloud.
import "./print.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
// the components of forms are fetched only where a page has one: most pages only show
if (document.querySelector("[data-module]:not(.govuk-skip-link)")) {
  const [{ initAll }, { words }] = await Promise.all([import("../vendor/govuk-frontend.js"), import("./words.js")]);
  initAll(words);
}
if (document.querySelector("[data-read], [data-copy]")) await import("./sheet.js");

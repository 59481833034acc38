// 显示方式: remembers large type or high contrast in the browser, without a cookie; runs before the page is drawn.
(() => {
  const kinds = ["large", "contrast"];
  const asked = new URLSearchParams(location.search).get("view");
  try {
    if (asked !== null) localStorage.setItem("view", kinds.includes(asked) ? asked : "standard");
    const kept = localStorage.getItem("view");
    if (!kinds.includes(kept)) return;
    document.documentElement.classList.add(`gk-view-${kept}`);
    addEventListener("DOMContentLoaded", () => {
      for (const link of document.querySelectorAll("[data-view]")) {
        if (link.dataset.view === kept) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    });
  } catch {
    // storage is switched off: the choice then holds for this page only
  }
})();

// 打印: a button marked data-print opens the printer's dialogue.
document.body.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// 工具栏: words instead of signs, so that nobody must guess; one row that wraps on a phone.
import { updateAttrsDialog } from "../django_prose_editor/editor.js";

const link = updateAttrsDialog({ href: { type: "string", title: "链接地址", description: "留空则去掉链接。" } }, { title: "链接", submitText: "确定" });
const table = updateAttrsDialog(
  {
    caption: { type: "string", title: "表格名称", description: "读屏软件会先读出它，例如“2021年补贴发放情况”。" },
    rows: { type: "string", title: "行数", format: "number", min: 1, default: "3" },
    cols: { type: "string", title: "列数", format: "number", min: 1, default: "3" },
  },
  { title: "插入表格", submitText: "插入" },
);
const caption = updateAttrsDialog({ caption: { type: "string", title: "表格名称" } }, { title: "表格名称", submitText: "确定" });

async function setLink(editor) {
  const answer = await link(editor, { href: editor.getAttributes("link").href ?? "" });
  if (!answer) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  (answer.href.trim() ? chain.setLink({ href: answer.href.trim() }) : chain.unsetLink()).run();
}

async function insertTable(editor) {
  const answer = await table(editor, {});
  if (!answer) return;
  const most = (text, limit) => Math.min(Math.max(Number.parseInt(text, 10) || 3, 1), limit);
  editor.chain().focus().insertTable({ rows: most(answer.rows, 100), cols: most(answer.cols, 20), withHeaderRow: true }).run();
  if (answer.caption.trim()) editor.chain().updateAttributes("table", { caption: answer.caption.trim() }).run();
}

async function nameTable(editor) {
  const answer = await caption(editor, { caption: editor.getAttributes("table").caption ?? "" });
  if (answer) editor.chain().focus().updateAttributes("table", { caption: answer.caption.trim() || null }).run();
}

const heading = (level, label) => ({
  label,
  run: (chain) => chain.toggleHeading({ level }),
  active: ["heading", { level }],
});
const BUTTONS = [
  [
    { label: "正文", run: (chain) => chain.setParagraph(), active: ["paragraph"] },
    heading(2, "大标题"),
    heading(3, "中标题"),
    heading(4, "小标题"),
  ],
  [
    { label: "加粗", run: (chain) => chain.toggleBold(), active: ["bold"] },
    { label: "列表", run: (chain) => chain.toggleBulletList(), active: ["bulletList"] },
    { label: "编号", run: (chain) => chain.toggleOrderedList(), active: ["orderedList"] },
    { label: "引用", run: (chain) => chain.toggleBlockquote(), active: ["blockquote"] },
  ],
  [
    { label: "链接", act: setLink, active: ["link"] },
    { label: "表格", act: insertTable },
    { label: "插图", act: (editor) => editor.storage.pictures.choose(), needs: "pictures" },
  ],
  [
    { label: "撤销", run: (chain) => chain.undo() },
    { label: "重做", run: (chain) => chain.redo() },
    { label: "清除格式", run: (chain) => chain.clearNodes().unsetAllMarks() },
  ],
];
const TABLE = [
  { label: "表格名称", act: nameTable },
  { label: "加行", run: (chain) => chain.addRowAfter() },
  { label: "加列", run: (chain) => chain.addColumnAfter() },
  { label: "删行", run: (chain) => chain.deleteRow() },
  { label: "删列", run: (chain) => chain.deleteColumn() },
  { label: "合并", run: (chain) => chain.mergeCells() },
  { label: "拆分", run: (chain) => chain.splitCell() },
  { label: "首行作表头", run: (chain) => chain.toggleHeaderRow() },
  { label: "首列作表头", run: (chain) => chain.toggleHeaderColumn() },
  { label: "删除表格", run: (chain) => chain.deleteTable() },
];

function button(editor, entry) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "gk-writer__button";
  made.textContent = entry.label;
  made.addEventListener("click", () => (entry.act ? entry.act(editor) : entry.run(editor.chain().focus()).run()));
  return made;
}

function group(editor, entries, label, pressed) {
  const made = document.createElement("div");
  made.className = "gk-writer__group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", label);
  for (const entry of entries) {
    if (entry.needs && !editor.storage[entry.needs]) continue;
    const each = button(editor, entry);
    if (entry.active) pressed.push([each, entry.active]);
    made.append(each);
  }
  return made;
}

// arrow keys move within the toolbar, so that Tab passes it in one step
function roving(bar) {
  const all = () => [...bar.querySelectorAll("button")].filter((each) => each.offsetParent);
  const only = (chosen) => {
    for (const each of bar.querySelectorAll("button")) each.tabIndex = each === chosen ? 0 : -1;
  };
  only(bar.querySelector("button"));
  bar.addEventListener("focusin", (event) => only(event.target));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const buttons = all();
    buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length].focus();
    event.preventDefault();
  });
}

export function toolbar(editor) {
  const bar = document.createElement("div");
  bar.className = "gk-writer__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  const pressed = [];
  for (const [place, entries] of BUTTONS.entries()) bar.append(group(editor, entries, ["段落", "格式", "插入", "操作"][place], pressed));
  const tables = group(editor, TABLE, "表格", pressed);
  bar.append(tables);
  roving(bar);
  const show = () => {
    for (const [each, active] of pressed) each.setAttribute("aria-pressed", editor.isActive(...active));
    tables.hidden = !editor.isActive("table");
  };
  editor.on("transaction", show);
  show();
  return bar;
}

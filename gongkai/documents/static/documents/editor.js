// 正文编辑器: a textarea marked data-writer becomes a rich-text editor; without script it stays a textarea.
import "./words.js";
import * as pe from "../django_prose_editor/editor.js";
import { pasting } from "./paste.js";
import { pictures } from "./pictures.js";
import { CaptionedTable, ScopedHeader } from "./tables.js";
import { toolbar } from "./toolbar.js";

const plain = [pe.Document, pe.Paragraph, pe.Text, pe.HardBreak, pe.Bold, pe.Italic, pe.Underline, pe.Strike, pe.Subscript, pe.Superscript];
const blocks = [pe.BulletList, pe.OrderedList, pe.ListItem, pe.Blockquote, pe.HorizontalRule, pe.History, pe.Dropcursor, pe.Gapcursor];
const tables = [CaptionedTable.configure({ resizable: false }), pe.TableRow, ScopedHeader, pe.TableCell];

function write(textarea) {
  const frame = document.createElement("div");
  frame.className = "gk-writer prose-editor";
  textarea.before(frame);
  frame.append(textarea);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) label.id = `${textarea.id}_label`;
  const { paste, picture } = textarea.dataset;
  const editor = new pe.Editor({
    element: frame,
    injectCSS: false, // the page's policy allows no style but the sheets: ours holds what is needed
    content: textarea.value,
    extensions: [...plain, ...blocks, ...tables, pe.Heading.configure({ levels: [2, 3, 4, 5] }), pe.Link.configure({ openOnClick: false }), pe.Image, ...(picture ? [pictures(picture)] : []), ...(paste ? [pasting(paste)] : [])],
    editorProps: {
      attributes: {
        class: "gk-prose gk-writer__text",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": `${textarea.id}_label`,
      },
    },
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  label?.addEventListener("click", () => editor.commands.focus());
  frame.prepend(toolbar(editor));
  textarea.hidden = true;
  return editor;
}

for (const textarea of document.querySelectorAll("textarea[data-writer]")) write(textarea);

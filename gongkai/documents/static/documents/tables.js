// 表格: a table keeps its caption and the scope of its heads, which the editor's own tables would lose.
import { Table, TableHeader } from "../django_prose_editor/editor.js";

const caption = {
  default: null,
  parseHTML: (element) => element.querySelector("caption")?.textContent.trim() || null,
  renderHTML: ({ caption: text }) => (text ? { "data-caption": text } : {}),
};

export const CaptionedTable = Table.extend({
  addAttributes() {
    return { ...this.parent?.(), caption };
  },
  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true, priority: 60 }];
  },
  renderHTML({ node }) {
    const head = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
    return ["table", {}, ...head, ["tbody", 0]];
  },
});

export const ScopedHeader = TableHeader.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      scope: {
        default: null,
        parseHTML: (element) => element.getAttribute("scope"),
        renderHTML: ({ scope }) => (scope ? { scope } : {}),
      },
    };
  },
});

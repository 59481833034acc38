// 编辑器用语: what the editor's own windows would otherwise say in English; loaded before the editor.
const words = {
  Update: "确定",
  Cancel: "取消",
  Insert: "插入",
};

window.gettext = (text) => words[text] ?? text;

// 插图: a picture is uploaded as an attachment of the edition, with words for those who cannot see it.
import { Extension, updateAttrsDialog } from "../django_prose_editor/editor.js";
import { post } from "./post.js";

const describe = updateAttrsDialog(
  { alt: { type: "string", title: "图片说明（必填）", description: "写明图上有什么，读屏软件会读给看不见的人听。", required: true } },
  { title: "插图说明", submitText: "插入" },
);

async function insert(editor, url, upload) {
  const answer = await describe(editor, { alt: "" });
  if (!answer) return;
  try {
    const version = document.querySelector("input[name=version]");
    const kept = await post(url, { upload, alt: answer.alt, version: version?.value ?? "" });
    if (version && kept.version) version.value = kept.version;
    editor.chain().focus().setImage({ src: kept.src, alt: answer.alt }).run();
  } catch (problem) {
    alert(`图片没有插入：${problem.message}`);
  }
}

export const pictures = (url) =>
  Extension.create({
    name: "pictures",
    addStorage() {
      return { choose: () => {} };
    },
    onBeforeCreate() {
      const chooser = document.createElement("input");
      chooser.type = "file";
      chooser.accept = ".png,.jpg,.jpeg";
      chooser.addEventListener("change", () => {
        if (chooser.files[0]) insert(this.editor, url, chooser.files[0]);
        chooser.value = "";
      });
      this.storage.choose = () => chooser.click();
    },
  });

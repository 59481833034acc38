// 粘贴: what comes from Word or WPS is cleaned by the server, the same way as an upload.
import { Extension, Plugin } from "../django_prose_editor/editor.js";
import { post } from "./post.js";

const office = /class="?Mso|mso-|urn:schemas-microsoft-com|ProgId|<o:p>|wps|Excel\.Sheet/i;

export const pasting = (url) =>
  Extension.create({
    name: "pasting",
    addProseMirrorPlugins() {
      const { editor } = this;
      const handlePaste = (_view, event) => {
        const html = event.clipboardData?.getData("text/html") ?? "";
        if (!office.test(html)) return false;
        post(url, { html }).then(
          (answer) => editor.chain().focus().insertContent(answer.html).run(),
          () => editor.chain().focus().insertContent(html).run(), // cleaned at the next save all the same
        );
        return true;
      };
      return [new Plugin({ props: { handlePaste } })];
    },
  });

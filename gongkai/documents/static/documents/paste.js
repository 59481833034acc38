// 粘贴: what comes from Word or WPS is cleaned by the server, the same way as an upload.
import { Extension, Plugin } from "../django_prose_editor/editor.js";
import { post } from "./post.js";

const office = /class="?Mso|mso-|urn:schemas-microsoft-com|ProgId|<o:p>|wps|Excel\.Sheet/i;

// the page's policy refuses style attributes wherever a text is parsed; the editor would drop them anyway
const bare = (html) => html.replace(/\sstyle\s*=\s*("[^"]*"|'[^']*')/gi, "");

export const pasting = (url) =>
  Extension.create({
    name: "pasting",
    addProseMirrorPlugins() {
      const { editor } = this;
      const paste = (_view, event) => {
        const html = event.clipboardData?.getData("text/html") ?? "";
        if (!office.test(html)) return false;
        event.preventDefault();
        post(url, { html }).then(
          (answer) => editor.chain().focus().insertContent(answer.html).run(),
          () => editor.chain().focus().insertContent(bare(html)).run(), // cleaned at the next save all the same
        );
        return true;
      };
      return [new Plugin({ props: { handleDOMEvents: { paste }, transformPastedHTML: bare } })];
    },
  });

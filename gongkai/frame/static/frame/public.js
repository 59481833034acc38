// 公众页面脚本: pages work without it; it adds error focus, word counts and double-click care.
import { initAll } from "../vendor/govuk-frontend.js";
import "./print.js";
import { words } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll(words);

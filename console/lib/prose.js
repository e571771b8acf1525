// The little of Markdown that our longer texts use: headings, lists, bold. Everything else is text.

import { h } from "./dom.js";

const bold = (line) =>
  line.split(/\*\*(.+?)\*\*/).map((part, place) => (place % 2 ? h("strong", {}, part) : part));

function block(text) {
  const lines = text.split("\n");
  if (/^#+ /.test(text)) return h("h3", {}, bold(text.replace(/^#+ /, "")));
  if (lines[0].startsWith("- ")) {
    // A line that begins no item goes on with the one before.
    const items = text.split(/^- /m).slice(1);
    return h(
      "ul",
      {},
      items.map((item) => h("li", {}, bold(item.replaceAll("\n", " ")))),
    );
  }
  return h("p", {}, bold(lines.join(" ")));
}

/** Elements for a text of several paragraphs. */
export const prose = (text) =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(block);

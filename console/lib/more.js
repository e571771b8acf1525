// A list that is read a page at a time: what is there first, and more when somebody asks.

import { focusOn, h } from "./dom.js";
import { refusalNotice } from "./refusals.js";
import { t } from "./texts.js";

/** How many a page has. */
export const PAGE = 50;

/**
 * @param {object} options
 * @param {object[]} options.first the first page
 * @param {(last: object) => Promise<object[]>} options.read the page after the one that ends so
 * @param {(rows: object[]) => Promise<Element[]> | Element[]} options.show an element of the list for each
 * @param {string} options.otherwise what to say where there is nothing
 */
export async function growingList({ first, read, show, otherwise }) {
  if (!first.length) return [h("p", {}, otherwise)];
  const list = h("ul", { class: "plain" }, await show(first));
  let last = first.at(-1);
  const messages = h("div", {});
  const button = h("button", { type: "button", class: "quiet", onclick: more }, t("action.more"));
  const place = h("p", { class: "buttons" }, button);

  async function more() {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      const rows = await read(last);
      const items = await show(rows);
      messages.replaceChildren();
      list.append(...items);
      last = rows.at(-1) ?? last;
      if (rows.length < PAGE) place.remove();
      focusOn(items[0] ?? list);
    } catch (refusal) {
      messages.replaceChildren(refusalNotice(refusal));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }
  return first.length < PAGE ? [list] : [list, messages, place];
}

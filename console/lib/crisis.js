// Help now: on every page, one key away, with and without a network once it has been loaded.

import { closeButton, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { formatCountry, hasText, t } from "./texts.js";

const KEY = "F1"; // a key that types nothing: single letters would get in the way of speech input

let lines = [];

/** Those of the country that this browser is set to come first. */
function nearestFirst(some) {
  const { region } = new Intl.Locale(navigator.language);
  const [near, far] = [true, false].map((isNear) =>
    some.filter((line) => (line.country_code === region) === isNear),
  );
  return [...near, ...far];
}

/** Remember the crisis lines. This RPC is refused to nobody: not without the hub, a role or a second factor. */
export async function loadCrisisLines(api) {
  lines = await api.call("get_crisis_contacts").catch(() => lines);
}

/** One line to turn to: what it is, and its number as the largest thing of it. */
function crisisLine(line) {
  const digits = line.telephone?.replace(/[^0-9+]/g, "");
  const telephone =
    digits &&
    h(
      "a",
      { class: "number", href: `tel:${digits}` },
      h("span", { class: "unseen" }, t("crisis.call")),
      " ",
      line.telephone,
    );
  const site =
    line.url && h("a", { href: line.url, target: "_blank", rel: "noopener noreferrer" }, t("crisis.site"));
  return h(
    "li",
    { class: "crisis-line" },
    h(
      "h3",
      {},
      line.title,
      line.country_code && h("span", { class: "tag" }, formatCountry(line.country_code)),
    ),
    telephone,
    line.description && h("p", {}, line.description),
    site && h("p", {}, site),
  );
}

export const crisisList = (some) => h("ul", { class: "plain" }, nearestFirst(some).map(crisisLine));

/** Show them over whatever is there. */
export function openCrisis() {
  if (document.querySelector("dialog.crisis") || !hasText("crisis.title")) return;
  const close = closeButton(t("action.close"), null);
  const dialog = h(
    "dialog",
    { class: "crisis", "aria-labelledby": "crisis-title" },
    h("header", {}, h("h2", { id: "crisis-title" }, t("crisis.title")), close),
    h("p", {}, t("crisis.danger")),
    crisisList(lines),
  );
  openDialog(dialog);
  (dialog.querySelector("a.number") ?? close).focus();
}

/** The button that is the first thing the keyboard reaches; its key works from anywhere. */
export function crisisButton() {
  const key = h("kbd", { "aria-hidden": true }, KEY);
  return h(
    "button",
    { type: "button", class: "help", "aria-keyshortcuts": KEY, onclick: openCrisis },
    t("crisis.open"),
    key,
  );
}

addEventListener("keydown", (event) => {
  if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  openCrisis();
});

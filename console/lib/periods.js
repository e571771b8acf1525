// A day and a part of it, by the clock of a home, as part of a page's address: #/shift/2026-03-01/morning.

import { addDays, dayAt, formatTime, momentAt } from "./care.js";
import { h, uniqueId } from "./dom.js";
import { formatLongDay, t } from "./texts.js";

// From which hour until which; hours above 24 are of the next day.
const PARTS = { day: [0, 24], morning: [6, 14], afternoon: [14, 22], night: [22, 30] };

const timeOf = (hour) => `${String(hour % 24).padStart(2, "0")}:00`;
const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(text));

/** The part of the day that it is now; after midnight it is still the night before. */
function now(zone) {
  const day = dayAt(Date.now(), zone);
  const hour = Number(formatTime(Date.now(), zone).slice(0, 2)) % 24;
  if (hour < 6) return [addDays(day, -1), "night"];
  return [day, hour < 14 ? "morning" : hour < 22 ? "afternoon" : "night"];
}

/** From when until when, as the address of the page says or as it is now; and what chooses another. */
export function period({ args, go, home }, page) {
  const [today, current] = now(home.zone);
  const day = isDay(args[0]) ? args[0] : today;
  const part = Object.hasOwn(PARTS, args[1] ?? "") ? args[1] : current;
  const [from, to] = PARTS[part].map((hour) =>
    momentAt(addDays(day, hour >= 24 ? 1 : 0), timeOf(hour), home.zone),
  );
  const id = uniqueId("part");
  const select = h(
    "select",
    { id },
    Object.keys(PARTS).map((each) =>
      h("option", { value: each, selected: each === part }, t(`day_part.${each}`)),
    ),
  );
  select.addEventListener("change", () => go(page, day, select.value));
  const step = (words, other) => h("a", { class: "step", href: `#/${page}/${other}/${part}` }, words);
  const chooser = h(
    "div",
    { class: "chooser" },
    h("h2", {}, formatLongDay(day)),
    h("div", { class: "field" }, h("label", { for: id }, t("period.part", { home: home.name })), select),
    h(
      "p",
      { class: "steps" },
      step(t("period.before"), addDays(day, -1)),
      step(t("period.after"), addDays(day, 1)),
    ),
  );
  return { from, to, chooser };
}

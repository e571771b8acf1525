// Every word that people read, from one file per language.

let texts = {};
let language = "en";

/** Load a language; before that, `t` gives back keys. */
export async function loadTexts(name) {
  const answer = await fetch(new URL(`../texts/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`no texts for ${name}`);
  texts = await answer.json();
  language = name;
  document.documentElement.lang = name;
}

function find(key) {
  return key.split(".").reduce((found, part) => found?.[part], texts);
}

/** Whether there is a text of this name. */
export const hasText = (key) => find(key) !== undefined;

/**
 * The text of a key with its {places} filled. A text with forms ({ "one": …, "other": … }) takes the one for `count`.
 */
export function t(key, values = {}) {
  let text = find(key);
  if (text && typeof text === "object")
    text = text[new Intl.PluralRules(language).select(values.count)] ?? text.other;
  if (typeof text !== "string") return key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? value.toLocaleString(language) : String(value);
  });
}

// Days come without a time zone ("2026-11-21"): they are the organization's, wherever this browser is.
const asDay = (day) => new Date(`${day}T00:00:00Z`);

export const formatDay = (day) =>
  asDay(day).toLocaleDateString(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });

export const formatLongDay = (day) =>
  asDay(day).toLocaleDateString(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });

/** A day that may be of another year. */
export const formatDate = (day) =>
  asDay(day).toLocaleDateString(language, { dateStyle: "medium", timeZone: "UTC" });

export const formatMonth = (day) =>
  asDay(day).toLocaleDateString(language, { month: "short", year: "numeric", timeZone: "UTC" });

/** The same in a sentence. */
export const formatWholeMonth = (day) =>
  asDay(day).toLocaleDateString(language, { month: "long", year: "numeric", timeZone: "UTC" });

export const formatMoment = (moment) =>
  new Date(moment).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

export const formatNumber = (value) => Number(value).toLocaleString(language, { maximumFractionDigits: 2 });

export const formatCountry = (code) => new Intl.DisplayNames([language], { type: "region" }).of(code);

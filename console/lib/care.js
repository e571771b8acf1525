// What the pages of a care home share: what one looks for, at which home, and who is who there. Each reading of names
// and records leaves an event in the trail; so it is said what for before the first one, once in a visit.

import { h, notice, uniqueId } from "./dom.js";
import { makeForm, radioField } from "./form.js";
import { t } from "./texts.js";

// What those who work in a home can be there for; the server knows more purposes.
const PURPOSES = ["treatment", "operations", "emergency", "legal"];
const MANY = 500; // as many rows as the server tells at once

/** All pages of an RPC that tells so many rows at once; anew, once, if the last of a page is gone before the next. */
export async function readAll(api, name, parameters, after, key, isAgain = false) {
  const all = [];
  for (let last = null; ; last = all.at(-1)) {
    try {
      const page = await api.call(name, {
        ...parameters,
        p_limit: MANY,
        ...(last && { [after]: last[key] }),
      });
      all.push(...page);
      if (page.length < MANY) return all;
    } catch (refusal) {
      if (!last || isAgain || refusal.details?.field !== after) throw refusal;
      return readAll(api, name, parameters, after, key, true);
    }
  }
}

/** What those who live at a home want to be called, by their id; opened for a purpose. */
export async function namesAt(api, home, purpose) {
  const parameters = { p_site_id: home.id, p_purpose: purpose };
  const people = await readAll(api, "list_residents", parameters, "p_after_id", "id");
  return new Map(people.map((each) => [each.id, each]));
}

/** The same of these people only. */
export async function namesOf(api, ids, purpose) {
  const asked = [...new Set(ids.filter(Boolean))];
  const people = [];
  for (let from = 0; from < asked.length; from += MANY) {
    const some = { p_ids: asked.slice(from, from + MANY), p_purpose: purpose };
    people.push(...(await api.call("open_residents", some)));
  }
  return new Map(people.map((each) => [each.id, each]));
}

/** Those who work at a home, by their id. */
export async function staffAt(api, home) {
  const people = await readAll(api, "list_site_staff", { p_site_id: home.id }, "p_after", "user_id");
  return new Map(people.map((each) => [each.user_id, each]));
}

export const nameOf = (people, id) =>
  people.get(id)?.preferred_name ?? people.get(id)?.name ?? t("care.unknown");

/** The homes that the caller may look at, with how full they are and by which clock they live. */
async function readHomes(api) {
  const [figures, sites, organizations] = await Promise.all([
    api.rows("occupancy"),
    api.rows("sites", (query) => query.eq("kind", "care_home").order("name")),
    api.rows("organizations"),
  ]);
  const of = new Map(figures.map((each) => [each.site_id, each]));
  return sites
    .filter((site) => of.has(site.id))
    .map((site) => ({
      id: site.id,
      name: site.name,
      zone: site.time_zone ?? organizations.find((each) => each.id === site.org_id)?.time_zone ?? "UTC",
      figures: of.get(site.id),
    }));
}

function askPurpose({ session, show }) {
  const options = PURPOSES.map((value) => ({ value, label: t(`care_purpose.${value}`) }));
  return [
    h("p", { class: "lead" }, t("care.lead")),
    makeForm({
      fields: { purpose: radioField({ label: t("care.purpose"), hint: t("care.purpose_hint"), options }) },
      action: t("care.show"),
      submit: ({ purpose }) => {
        session.chosen.purpose = purpose;
        return show();
      },
    }),
  ];
}

function purposeLine({ session, show }) {
  const change = () => {
    delete session.chosen.purpose;
    void show();
  };
  return h(
    "p",
    { class: "purpose" },
    t("care.logged", { purpose: t(`care_purpose.${session.chosen.purpose}`) }),
    " ",
    h("button", { type: "button", class: "quiet", onclick: change }, t("care.other_purpose")),
  );
}

function homePicker({ session, show }, homes, home) {
  const id = uniqueId("home");
  const select = h(
    "select",
    { id },
    homes.map((each) => h("option", { value: each.id, selected: each.id === home.id }, each.name)),
  );
  select.addEventListener("change", () => {
    session.chosen.home = select.value;
    void show();
  });
  return h("div", { class: "field picker" }, h("label", { for: id }, t("care.home")), select);
}

/**
 * A page of a care home: it is said what for, and at which home.
 *
 * @param {(context: object) => Promise<unknown>} show what the page shows; it is given `purpose`, `homes`, `home`, too
 * @param {{ asksPurpose?: boolean, picksHome?: boolean }} [options] what it needs to know
 */
export function atHome(show, { asksPurpose = true, picksHome = true } = {}) {
  return async (context) => {
    const { api, session } = context;
    const { chosen } = session;
    if (asksPurpose && !chosen.purpose) return askPurpose(context);
    const homes = await readHomes(api);
    if (!homes.length) return notice("plain", h("p", {}, t("care.no_home")));
    const home = homes.find((each) => each.id === chosen.home) ?? homes[0];
    const content = await show({ ...context, purpose: chosen.purpose, homes, home });
    return [
      asksPurpose && purposeLine(context),
      picksHome && homes.length > 1 && homePicker(context, homes, home),
      content,
    ]
      .flat()
      .filter(Boolean);
  };
}

// Times are those of the clock of the home, wherever this browser is -------------------------------------------------

const formatted = (moment, zone, options) =>
  new Date(moment).toLocaleString(document.documentElement.lang, { timeZone: zone, ...options });

export const formatTime = (moment, zone) =>
  formatted(moment, zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const formatWhen = (moment, zone) =>
  formatted(moment, zone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

/** The day at a home, as the database writes days. */
export function dayAt(moment, zone) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  return parts.format(new Date(moment));
}

/** The moment of a day and time by the clock of a home: "2026-03-01" and "07:30". */
export function momentAt(day, time, zone) {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  const shown = (moment) => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      dateStyle: "short",
      timeStyle: "medium",
    }).formatToParts(new Date(moment));
    const of = Object.fromEntries(parts.map((part) => [part.type, part.value]));
    return Date.parse(`${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}Z`);
  };
  // Twice, because the first guess may lie on the other side of a change of clocks.
  const guess = wanted - (shown(wanted) - wanted);
  return new Date(guess - (shown(guess) - wanted)).toISOString();
}

/** A day so many days later. */
export function addDays(day, count) {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + count);
  return moved.toISOString().slice(0, 10);
}

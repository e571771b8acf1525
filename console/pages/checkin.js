// The daily check-in: under a minute, by keyboard alone, at four in the morning.

import { focusOn, h, notice } from "../lib/dom.js";
import { checkField, choiceField, makeForm, numberField, numbers, radioField } from "../lib/form.js";
import { PROVIDERS } from "../lib/session.js";
import { formatLongDay, t } from "../lib/texts.js";

const SETTINGS = [
  "home_health",
  "clinic",
  "telehealth",
  "skilled_nursing",
  "hospital",
  "community",
  "office",
  "other",
];

// Our names, and the RPC's.
const PARAMETERS = {
  setting: "p_work_setting",
  stress: "p_stress_level",
  energy: "p_energy_level",
  patients: "p_patients_contacted_today",
  calls: "p_difficult_patient_calls",
  overtime: "p_overtime_hours",
  missedBreak: "p_missed_break",
  isShared: "p_is_shared",
};

const level = (name) =>
  radioField({
    label: t(`checkin.${name}`),
    hint: t("checkin.level_hint"),
    options: numbers(1, 10),
    isScale: true,
    ends: [t(`checkin.${name}_low`), t(`checkin.${name}_high`)],
  });

/** Today by this computer's clock. Where the organization's day is another one, nothing is filled in. */
const today = () => new Date().toLocaleDateString("en-CA");

function fill(fields, made) {
  fields.stress.write(made.stress_level);
  fields.energy.write(made.energy_level);
  fields.patients.write(made.patients_contacted_today);
  fields.calls.write(made.difficult_patient_calls);
  fields.overtime.write(Number(made.overtime_hours));
  fields.missedBreak.write(made.missed_break);
  fields.isShared?.write(made.is_shared);
}

function makeFields(last) {
  const settings = SETTINGS.map((value) => ({ value, label: t(`work_setting.${value}`) }));
  return {
    stress: level("stress"),
    energy: level("energy"),
    // Most work where they worked the last time.
    setting: choiceField({ label: t("checkin.setting"), options: settings, value: last?.work_setting }),
    patients: numberField({ label: t("checkin.patients"), min: 0, max: 500 }),
    calls: numberField({ label: t("checkin.calls"), min: 0, max: 500 }),
    overtime: numberField({ label: t("checkin.overtime"), min: 0, max: 24, step: 0.25 }),
    missedBreak: checkField({ label: t("checkin.missed_break") }),
    isShared: checkField({ label: t("checkin.is_shared"), hint: t("checkin.is_shared_hint") }),
  };
}

function done(made, go) {
  const heading = h("h2", {}, t("checkin.done", { day: formatLongDay(made.checkin_date) }));
  const next = h(
    "button",
    { type: "button", class: "main", onclick: () => go("trend") },
    t("checkin.see_trend"),
  );
  return notice("good", heading, h("p", {}, t("checkin.done_text")), h("p", { class: "buttons" }, next));
}

export default {
  id: "checkin",
  feature: "resilience_hub",
  roles: PROVIDERS,
  async show({ api, draft, go }) {
    const [[last], participation] = await Promise.all([
      api.call("get_my_checkins", { p_limit: 1 }),
      api.call("get_my_participation"),
    ]);
    const fields = makeFields(last);
    // Only who may be contacted can share a check-in.
    if (participation.level !== "may_be_contacted") delete fields.isShared;
    const isAgain = last?.checkin_date === today();
    if (isAgain) fill(fields, last);
    const place = h("div", {});
    const submit = async (values) => {
      const parameters = Object.entries(values).map(([name, value]) => [
        PARAMETERS[name],
        ["stress", "energy"].includes(name) ? Number(value) : value,
      ]);
      const made = await api.call("submit_daily_checkin", Object.fromEntries(parameters));
      place.replaceChildren(done(made, go));
      focusOn(place.querySelector("h2"));
    };
    const form = makeForm({
      fields,
      action: t(isAgain ? "checkin.action_again" : "checkin.action"),
      submit,
      draft: draft("checkin"),
      parameters: Object.fromEntries(
        Object.entries(PARAMETERS).map(([name, parameter]) => [parameter, name]),
      ),
      // Nothing is kept of who has not agreed: they are asked, and come back to what they typed.
      refused: (refusal) => refusal.code === "consent_required" && (go("participation", "checkin"), true),
    });
    place.append(h("p", { class: "lead" }, t(isAgain ? "checkin.lead_again" : "checkin.lead")), form);
    return place;
  },
};

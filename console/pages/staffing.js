// How shifts were staffed: said by who worked them, by name, and answered by those who lead. It is about the workplace,
// so it is neither a check-in nor a part of anybody's risk, and asks for no consent.

import { addDays, dayAt } from "../lib/care.js";
import { table } from "../lib/chart.js";
import { announce, focusOn, h, notice } from "../lib/dom.js";
import { checksField, choiceField, makeForm, numberField, numbers, radioField } from "../lib/form.js";
import { growingList, PAGE } from "../lib/more.js";
import { namesOf } from "../lib/practitioners.js";
import { hasRole, LEADS, PROVIDERS } from "../lib/session.js";
import { formatDay, formatLongDay, formatMoment, formatNumber, t } from "../lib/texts.js";

const SHIFTS = ["day", "evening", "night"];
const REASONS = [
  "too_few_nurses",
  "too_few_assistants",
  "skill_mix",
  "acuity_too_high",
  "not_oriented",
  "missed_breaks",
  "mandatory_overtime",
  "missing_equipment",
];
const ANSWERS = [
  "staff_added",
  "patients_moved",
  "admissions_paused",
  "plan_changed",
  "passed_on",
  "no_change",
];
// Of those who lead, who can do something about a shift, and so says what was done.
const ANSWERERS = ["admin", "manager", "care_manager"];

const PARAMETERS = {
  p_shift_date: "day",
  p_shift: "shift",
  p_patient_count: "patients",
  p_acuity: "acuity",
  p_unit_patient_count: "unitPatients",
  p_unit_nurse_count: "unitNurses",
  p_site_id: "site",
  p_unsafe_reasons: "reasons",
};

const options = (group, values) => values.map((value) => ({ value, label: t(`${group}.${value}`) }));
const tag = (text, kind) => h("span", { class: kind ? `tag ${kind}` : "tag" }, text);
const sentences = (parts) => parts.filter(Boolean).join(" · ");

/** Today where the organization is: the server takes a shift of today or of yesterday, by that clock. */
async function dayHere(api, { organization }) {
  const known = await api.rows("organizations", (query) => query.eq("id", organization.org_id));
  const zone = known[0]?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return dayAt(Date.now(), zone);
}

// Reports as a list -------------------------------------------------------------------------------------------------

/** Some of the reports, newest shift first; one person may have several of a day. */
function reports(api, narrow) {
  const after = ({ shift_date: day, id }) => `shift_date.lt.${day},and(shift_date.eq.${day},id.lt.${id})`;
  return (last) =>
    api.rows("shift_reports", (query) => {
      const some = narrow(query).order("shift_date", { ascending: false }).order("id", { ascending: false });
      return (last ? some.or(after(last)) : some).limit(PAGE);
    });
}

const shiftOf = (report, format = formatDay) =>
  t("staffing.shift_of", { shift: t(`work_shift.${report.shift}`), day: format(report.shift_date) });

const reasonsOf = (report) =>
  report.unsafe_reasons.map((reason) => t(`unsafe_staffing_reason.${reason}`)).join("; ");

/** What was said of a shift. */
function facts(report, sites) {
  const unit = [
    report.unit_patient_count !== null && t("staffing.patients", { count: report.unit_patient_count }),
    report.unit_nurse_count !== null && t("staffing.nurses", { count: report.unit_nurse_count }),
  ].filter(Boolean);
  return [
    h(
      "p",
      {},
      sentences([
        t("staffing.patients", { count: report.patient_count }),
        t("staffing.acuity_of", { value: report.acuity }),
        unit.length > 0 && t("staffing.on_unit", { unit: unit.join(", ") }),
        sites.get(report.site_id)?.name,
      ]),
    ),
    h(
      "p",
      {},
      report.is_unsafe ? t("staffing.was_unsafe", { reasons: reasonsOf(report) }) : t("staffing.was_safe"),
    ),
  ];
}

const answered = (report) =>
  t("staffing.answered", {
    answer: t(`staffing_answer.${report.answer}`),
    moment: formatMoment(report.answered_at),
  });

// Who gives care ----------------------------------------------------------------------------------------------------

function makeFields(today, sites) {
  const days = [
    { value: today, label: t("staffing.today", { day: formatLongDay(today) }) },
    { value: addDays(today, -1), label: t("staffing.yesterday", { day: formatLongDay(addDays(today, -1)) }) },
  ];
  const open = [...sites.values()].filter((site) => site.is_active);
  return {
    // Not filled in: after midnight most shifts began yesterday, and some did not.
    day: radioField({ label: t("staffing.day"), hint: t("staffing.day_hint"), options: days }),
    shift: radioField({ label: t("staffing.shift"), options: options("work_shift", SHIFTS) }),
    patients: numberField({ label: t("staffing.my_patients"), min: 0, max: 200, value: "" }),
    acuity: radioField({
      label: t("staffing.acuity"),
      hint: t("staffing.acuity_hint"),
      options: numbers(1, 5),
      isScale: true,
      ends: [t("staffing.acuity_low"), t("staffing.acuity_high")],
    }),
    reasons: checksField({
      label: t("staffing.safe"),
      hint: t("staffing.safe_hint"),
      options: options("unsafe_staffing_reason", REASONS),
    }),
    unitPatients: numberField({
      label: t("staffing.unit_patients"),
      hint: t("staffing.optional"),
      min: 0,
      max: 1000,
      value: "",
      isRequired: false,
    }),
    unitNurses: numberField({
      label: t("staffing.unit_nurses"),
      hint: t("staffing.unit_nurses_hint"),
      min: 1,
      max: 500,
      value: "",
      isRequired: false,
    }),
    ...(open.length > 0 && {
      site: choiceField({
        label: t("staffing.site"),
        hint: t("staffing.optional"),
        options: open.map((site) => ({ value: site.id, label: site.name })),
        isRequired: false,
      }),
    }),
  };
}

const send = (api, typed) =>
  api.call("submit_shift_report", {
    p_shift_date: typed.day,
    p_shift: typed.shift,
    p_patient_count: typed.patients,
    p_acuity: Number(typed.acuity),
    p_unsafe_reasons: typed.reasons,
    p_unit_patient_count: typed.unitPatients,
    p_unit_nurse_count: typed.unitNurses,
    p_site_id: typed.site || null,
  });

/** What is known of a report, into the form; the form hears of it as if it had been typed. */
function fill(fields, report) {
  fields.day.write(report.shift_date);
  fields.shift.write(report.shift);
  fields.patients.write(report.patient_count);
  fields.acuity.write(report.acuity);
  fields.reasons.write(report.unsafe_reasons);
  fields.unitPatients.write(report.unit_patient_count ?? "");
  fields.unitNurses.write(report.unit_nurse_count ?? "");
  fields.site?.write(report.site_id ?? "");
  for (const each of Object.values(fields)) each.element.dispatchEvent(new Event("input", { bubbles: true }));
}

function saved(report, sites, again) {
  return notice(
    "good",
    h("h2", {}, t("staffing.saved", { shift: shiftOf(report, formatLongDay) })),
    facts(report, sites),
    report.is_unsafe && h("p", {}, t("staffing.told")),
    h("p", {}, t("staffing.saved_text")),
    h("p", { class: "buttons" }, h("button", { type: "button", onclick: again }, t("staffing.another"))),
  );
}

function ownReport(report, sites, change) {
  return h(
    "li",
    { class: "card" },
    h("h3", {}, shiftOf(report)),
    facts(report, sites),
    report.is_unsafe && h("p", { class: "by" }, report.answer ? answered(report) : t("staffing.waits")),
    change &&
      h(
        "p",
        {},
        h(
          "button",
          {
            type: "button",
            class: "small",
            "aria-label": t("staffing.change_of", { shift: shiftOf(report) }),
            onclick: change,
          },
          t("staffing.change"),
        ),
      ),
  );
}

async function giving(context, sites, renewed) {
  const { api, draft, session } = context;
  const read = reports(api, (query) => query.eq("user_id", session.user.id));
  const [today, first] = await Promise.all([dayHere(api, session), read()]);
  const place = h("div", {});
  const own = h("div", {});

  const ask = (report = null) => {
    const fields = makeFields(today, sites);
    const form = makeForm({
      fields,
      action: t("staffing.send"),
      draft: draft("staffing"),
      parameters: PARAMETERS,
      submit: (typed) => send(api, typed),
      // What is below first: if it cannot be read, the form is still there to say so.
      async done(made) {
        list(await read());
        await renewed();
        place.replaceChildren(saved(made, sites, () => ask()));
        focusOn(place.querySelector("h2"));
      },
    });
    form.setAttribute("aria-label", t("page.staffing.title"));
    const isShown = place.hasChildNodes();
    place.replaceChildren(form);
    if (report) fill(fields, report);
    if (isShown) fields.day.focus();
  };
  const mayChange = (report) => !report.answer && report.shift_date >= addDays(today, -1);
  const items = (some) =>
    some.map((report) => ownReport(report, sites, mayChange(report) && (() => ask(report))));
  const list = (some) =>
    growingList({ first: some, read, show: items, otherwise: t("staffing.none") }).then((parts) =>
      own.replaceChildren(...parts),
    );

  await list(first);
  ask();
  return [h("p", { class: "lead" }, t("staffing.lead")), place, h("h2", {}, t("staffing.own")), own];
}

// Who leads ---------------------------------------------------------------------------------------------------------

function answerForm({ api, draft }, report, name, done) {
  const form = makeForm({
    fields: {
      answer: choiceField({ label: t("staffing.done"), options: options("staffing_answer", ANSWERS) }),
    },
    action: t("staffing.answer"),
    draft: draft(`staffing ${report.id}`),
    submit: ({ answer }) => api.call("answer_shift_report", { p_id: report.id, p_answer: answer }),
    done,
  });
  form.setAttribute("aria-label", name);
  return form;
}

/** A report as those who lead read it, with what was done about it or the question for it. */
function card(context, { report, names, sites, renewed }) {
  const { session } = context;
  const name = names.get(report.practitioner_id) ?? t("staffing.unknown");
  const isOwn = report.user_id === session.user.id;
  const isOpen = report.is_unsafe && !report.answer;
  const heading = h("h3", {}, name, isOpen && tag(t("staffing.is_open"), "late"));
  const done = async (made) => {
    await renewed();
    const after = card(context, { report: made, names, sites, renewed });
    item.replaceWith(after);
    announce(t("staffing.was_answered"));
    focusOn(after.querySelector("h3"));
  };
  const item = h(
    "li",
    { class: "card" },
    heading,
    h("p", { class: "by" }, shiftOf(report)),
    facts(report, sites),
    report.answer && h("p", { class: "by" }, answered(report)),
    isOpen && isOwn && h("p", { class: "by" }, t("staffing.others_answer")),
    isOpen &&
      !isOwn &&
      hasRole(session, ANSWERERS) &&
      answerForm(context, report, t("staffing.answer_to", { name, shift: shiftOf(report) }), done),
  );
  return item;
}

const namesIn = (api, some) =>
  namesOf(
    api,
    some.map((report) => report.practitioner_id),
  );

function workload(weeks) {
  if (!weeks.length) return h("p", {}, t("staffing.no_weeks"));
  const columns = ["week", "shift", "count", "average_patients", "average_acuity", "per_nurse"];
  const list = table({
    caption: t("staffing.weeks"),
    columns: [...columns, "unsafe", "open"].map((name) => t(`staffing_column.${name}`)),
    // The shifts of a week stay in their order.
    rows: weeks
      .toSorted((one, other) => other.week.localeCompare(one.week))
      .map((each) => [
        formatDay(each.week),
        t(`work_shift.${each.shift}`),
        formatNumber(each.report_count),
        formatNumber(each.average_patient_count),
        formatNumber(each.average_acuity),
        each.patients_per_nurse === null ? t("staffing.not_said") : formatNumber(each.patients_per_nurse),
        formatNumber(each.unsafe_count),
        formatNumber(each.unanswered_count),
      ]),
  });
  return h("div", { class: "wide", role: "region", "aria-label": t("staffing.weeks"), tabindex: "0" }, list);
}

async function leading(context, sites) {
  const { api } = context;
  const readOpen = reports(api, (query) => query.is("is_unsafe", true).is("answer", null));
  const readAnswered = reports(api, (query) => query.not("answer", "is", null));
  const open = h("div", {});
  const past = h("div", {});
  const weeks = h("div", {});
  const renewWeeks = async () => weeks.replaceChildren(workload(await api.call("get_shift_workload")));
  const show = async (some) => {
    const names = await namesIn(api, some);
    return some.map((report) => card(context, { report, names, sites, renewed: renewWeeks }));
  };
  const fillFrom = async (into, read, otherwise) =>
    into.replaceChildren(...(await growingList({ first: await read(), read, show, otherwise })));
  const renew = () =>
    Promise.all([
      fillFrom(open, readOpen, t("staffing.nothing_open")),
      fillFrom(past, readAnswered, t("staffing.nothing_answered")),
      renewWeeks(),
    ]);
  await renew();
  const content = [
    h("h2", {}, t("staffing.open")),
    open,
    h("details", {}, h("summary", {}, t("staffing.past")), past),
    h("h2", {}, t("staffing.workload")),
    weeks,
  ];
  return { content, renew };
}

/** One report, as the message about it links to it. */
async function oneReport(context, id) {
  const { api } = context;
  const [[report], sites] = await Promise.all([
    api.rows("shift_reports", (query) => query.eq("id", id)),
    sitesById(api),
  ]);
  const back = h("p", {}, h("a", { href: "#/staffing" }, t("staffing.back")));
  if (!report) return [back, notice("plain", h("p", {}, t("staffing.gone")))];
  const names = await namesIn(api, [report]);
  return [
    back,
    h("h2", {}, shiftOf(report, formatLongDay)),
    h("ul", { class: "plain" }, card(context, { report, names, sites, renewed: async () => {} })),
  ];
}

async function sitesById(api) {
  const sites = await api.rows("sites", (query) => query.order("name").limit(200));
  return new Map(sites.map((site) => [site.id, site]));
}

export default {
  id: "staffing",
  feature: "resilience_hub",
  roles: [...new Set([...PROVIDERS, ...LEADS])],
  async show(context) {
    const { api, args, session } = context;
    const isLead = hasRole(session, LEADS);
    if (isLead && args[0]) return oneReport(context, args[0]);
    const sites = await sitesById(api);
    const led = isLead ? await leading(context, sites) : null;
    const gives = hasRole(session, PROVIDERS);
    return [
      ...(gives ? await giving(context, sites, led?.renew ?? (async () => {})) : []),
      !gives && h("p", { class: "lead" }, t("staffing.lead_leads")),
      ...(led?.content ?? []),
    ].filter(Boolean);
  },
};

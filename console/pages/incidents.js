// What went wrong: what is to be done about it by when, a report with the body it happened to, and each incident on its
// way to being closed.

import { announce, focusOn, h, notice } from "../lib/dom.js";
import { bodyField, bodyMap } from "../lib/bodymap.js";
import { working } from "../lib/buttons.js";
import {
  atHome,
  dayAt,
  formatTime,
  formatWhen,
  momentAt,
  nameOf,
  namesAt,
  namesOf,
  staffAt,
} from "../lib/care.js";
import { table } from "../lib/chart.js";
import { checkField, choiceField, makeForm, momentField, textField } from "../lib/form.js";
import { involvedField } from "../lib/involved.js";
import { growingList, PAGE } from "../lib/more.js";
import { CARE_TEAM, hasRole } from "../lib/session.js";
import { t } from "../lib/texts.js";

const KINDS = [
  "fall",
  "medication",
  "pressure_injury",
  "aggression",
  "absconding",
  "safeguarding",
  "infection",
  "near_miss",
  "death",
  "property",
  "other",
];
const SEVERITIES = ["none", "low", "moderate", "severe", "death"];
// Who takes on, who reviews, who closes.
const TAKERS = ["manager", "care_manager", "nurse", "clinician"];
const REVIEWERS = ["manager", "care_manager", "compliance_lead"];
const CLOSERS = ["manager", "compliance_lead"];
const WRITERS = ["carer", "nurse", "clinician", "case_manager", "care_manager", "manager", "compliance_lead"];

const options = (group, values) => values.map((value) => ({ value, label: t(`${group}.${value}`) }));
const tag = (text, kind) => h("span", { class: kind ? `tag ${kind}` : "tag" }, text);
const link = (id, words) => h("a", { href: `#/incidents/${id}` }, words);

// What is to be done by when -----------------------------------------------------------------------------------------

const wide = (name, content) =>
  h("div", { class: "wide", role: "region", "aria-label": name, tabindex: "0" }, content);

function boardTable(rows, homes) {
  const home = (row) => homes.find((each) => each.id === row.site_id);
  return table({
    caption: t("incidents.board"),
    columns: ["due", "step", "incident", "home", "told"].map((name) => t(`incidents.${name}`)),
    rows: rows.map((row) => [
      h(
        "span",
        {},
        formatWhen(row.due_at, home(row)?.zone ?? "UTC"),
        row.is_overdue && tag(t("incidents.late"), "late"),
      ),
      t(`incident_step.${row.step}`) + (row.regulator ? ` (${row.regulator})` : ""),
      h(
        "span",
        {},
        link(row.incident_id, t(`incident_kind.${row.kind}`)),
        ` · ${t(`incident_severity.${row.severity}`)} · ${t(`incident_status.${row.status}`)}`,
      ),
      home(row)?.name ?? "",
      row.told_level === null
        ? t("incidents.told_nobody")
        : t("incidents.told_level", { level: row.told_level }),
    ]),
  });
}

async function board(context) {
  const { api, homes } = context;
  const [first, incidents] = await Promise.all([
    api.call("get_sla_board", { p_limit: PAGE }),
    api.call("list_incidents", { p_limit: PAGE }),
  ]);
  const body = boardTable(first, homes);
  const place = h("div", {}, wide(t("incidents.board"), body));
  let last = first.at(-1);
  const messages = h("div", {});
  const more = working(
    t("action.more"),
    async () => {
      const rows = await api.call("get_sla_board", { p_limit: PAGE, p_after: last.timer_id });
      body.querySelector("tbody").append(...boardTable(rows, homes).querySelectorAll("tbody tr"));
      last = rows.at(-1) ?? last;
      if (rows.length < PAGE) more.remove();
    },
    messages,
    { class: "quiet" },
  );
  const item = (each) =>
    h(
      "li",
      { class: "card" },
      h(
        "h3",
        {},
        link(each.id, t(`incident_kind.${each.kind}`)),
        tag(t(`incident_status.${each.status}`)),
        each.is_restricted && tag(t("incidents.restricted")),
      ),
      h(
        "p",
        { class: "by" },
        [
          t(`incident_severity.${each.severity}`),
          homes.find((home) => home.id === each.site_id)?.name,
          formatWhen(each.occurred_at, homes.find((home) => home.id === each.site_id)?.zone ?? "UTC"),
        ].join(" · "),
      ),
    );
  const list = await growingList({
    first: incidents,
    read: (end) => api.call("list_incidents", { p_limit: PAGE, p_before: end.id }),
    show: (rows) => rows.map(item),
    otherwise: t("incidents.none"),
  });
  return [
    h("p", {}, h("a", { class: "action", href: "#/incidents/report" }, t("incidents.report"))),
    h("h2", {}, t("incidents.board_title")),
    ...(first.length
      ? [place, messages, first.length === PAGE && more]
      : [h("p", {}, t("incidents.nothing_due"))]),
    h("h2", {}, t("incidents.all")),
    ...list,
  ].filter(Boolean);
}

// A report -----------------------------------------------------------------------------------------------------------

async function report(context) {
  const { api, draft, home, purpose, go } = context;
  const [residents, staff] = await Promise.all([namesAt(api, home, purpose), staffAt(api, home)]);
  const kept = draft(`incident at ${home.id}`);
  const now = `${dayAt(Date.now(), home.zone)}T${formatTime(Date.now(), home.zone)}`;
  const form = makeForm({
    fields: {
      kind: choiceField({ label: t("incidents.kind"), options: options("incident_kind", KINDS) }),
      severity: choiceField({
        label: t("incidents.severity"),
        hint: t("incidents.severity_hint"),
        options: options("incident_severity", SEVERITIES),
      }),
      at: momentField({
        label: t("incidents.when"),
        hint: t("incidents.when_hint", { home: home.name }),
        value: now,
      }),
      description: textField({ label: t("incidents.what"), hint: t("incidents.what_hint"), max: 4000 }),
      people: involvedField({
        label: t("incidents.people"),
        hint: t("incidents.people_hint"),
        residents,
        staff,
      }),
      injury: choiceField({
        label: t("incidents.injury"),
        options: options("incident_severity", SEVERITIES),
        value: "none",
      }),
      body: bodyField({ label: t("incidents.body"), hint: t("incidents.body_hint") }),
      isRestricted: checkField({ label: t("incidents.restrict"), hint: t("incidents.restrict_hint") }),
    },
    action: t("incidents.send"),
    draft: kept,
    parameters: {
      p_kind: "kind",
      p_severity: "severity",
      p_occurred_at: "at",
      p_description: "description",
      p_people: "people",
      p_injury_level: "injury",
      p_body_map: "body",
    },
    submit: (typed) => {
      // The same report, however often it is sent.
      kept.key ??= crypto.randomUUID();
      return api.call("report_incident", {
        p_site_id: home.id,
        p_kind: typed.kind,
        p_severity: typed.severity,
        p_occurred_at: momentAt(...typed.at.split("T"), home.zone),
        p_description: typed.description.trim(),
        p_injury_level: typed.injury,
        p_body_map: typed.body,
        p_people: typed.people,
        p_is_restricted: typed.isRestricted || null,
        p_request_key: kept.key,
      });
    },
    done: (id) => {
      announce(t("incidents.sent"));
      go("incidents", id);
    },
  });
  return [
    h("p", {}, h("a", { href: "#/incidents" }, t("incidents.back"))),
    h("h2", {}, t("incidents.report")),
    form,
  ];
}

// One incident -------------------------------------------------------------------------------------------------------

function ask(name, { api, draft, renew }, id, call, parameter) {
  const form = makeForm({
    fields: { words: textField({ label: t(`incidents.${name}_label`), max: 4000 }) },
    action: t(`incidents.${name}`),
    draft: draft(`${name} ${id}`),
    parameters: { [parameter]: "words" },
    submit: ({ words }) =>
      api.call(call, { [parameter === "p_note" ? "p_incident_id" : "p_id"]: id, [parameter]: words.trim() }),
    done: () => {
      announce(t(`incidents.${name}_done`));
      void renew();
    },
  });
  form.setAttribute("aria-label", t(`incidents.${name}`));
  return h("details", {}, h("summary", {}, t(`incidents.${name}`)), form);
}

function assigning({ api, draft, renew, session }, incident, staff) {
  const form = makeForm({
    fields: {
      who: choiceField({
        label: t("incidents.assign_label"),
        options: [...staff.values()]
          .filter((each) => each.roles.some((role) => WRITERS.includes(role)))
          .map((each) => ({ value: each.user_id, label: each.name ?? t("care.unknown") })),
        value: incident.assigned_to ?? (staff.has(session.user.id) ? session.user.id : ""),
      }),
    },
    action: t("incidents.assign"),
    draft: draft(`assign ${incident.id}`),
    submit: ({ who }) => api.call("acknowledge_incident", { p_id: incident.id, p_assigned_to: who }),
    done: () => {
      announce(t("incidents.assign_done"));
      void renew();
    },
  });
  form.setAttribute("aria-label", t("incidents.assign"));
  return form;
}

function facts(incident, home, staff) {
  const rows = [
    [t("incidents.status"), t(`incident_status.${incident.status}`)],
    [t("incidents.severity"), t(`incident_severity.${incident.severity}`)],
    [t("incidents.when"), formatWhen(incident.occurred_at, home.zone)],
    [
      t("incidents.reported"),
      `${formatWhen(incident.reported_at, home.zone)}, ${nameOf(staff, incident.reported_by)}`,
    ],
    [t("incidents.injury"), t(`incident_severity.${incident.injury_level}`)],
    [
      t("incidents.with"),
      incident.assigned_to ? nameOf(staff, incident.assigned_to) : t("incidents.with_nobody"),
    ],
  ];
  return h(
    "dl",
    { class: "facts" },
    rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** Rows of an incident with what is sealed in them. */
async function opened(api, what, id, purpose) {
  const rows = await api.rows(`incident_${what}`, (query) =>
    query.eq("incident_id", id).order("id").limit(500),
  );
  const words = rows.length
    ? await api.call(`open_incident_${what}`, { p_ids: rows.map((row) => row.id), p_purpose: purpose })
    : [];
  const of = new Map(words.map((each) => [each.id, each]));
  return rows.map((row) => ({ ...row, ...of.get(row.id) }));
}

const list = (items) => h("ul", { class: "plain" }, items);

async function oneIncident(context, id) {
  const { api, homes, purpose, session } = context;
  const [incident] = await api.rows("incidents", (query) => query.eq("id", id));
  if (!incident) return notice("plain", h("p", {}, t("incidents.gone")));
  const home = homes.find((each) => each.id === incident.site_id) ?? context.home;
  const [[words], people, actions, followups, staff] = await Promise.all([
    api.call("open_incidents", { p_ids: [id], p_purpose: purpose }),
    opened(api, "people", id, purpose),
    opened(api, "actions", id, purpose),
    opened(api, "followups", id, purpose),
    staffAt(api, home),
  ]);
  const residents = await namesOf(
    api,
    people.map((each) => each.resident_id),
    purpose,
  );
  const renew = async () => {
    await context.show();
    focusOn(document.querySelector("main h2") ?? document.querySelector("main"));
  };
  const inside = { ...context, renew };
  const messages = h("div", {});
  const person = (each) => {
    const name =
      residents.get(each.resident_id)?.preferred_name ?? staff.get(each.staff_id)?.name ?? each.other_person;
    return h(
      "li",
      {},
      t("involved.line", {
        name: name ?? t("care.unknown"),
        role: t(`incident_person_role.${each.person_role}`),
      }),
    );
  };
  const action = (each) => {
    const complete = async () => {
      await api.call("complete_incident_action", { p_id: each.id });
      announce(t("incidents.action_done"));
      await renew();
    };
    const mayComplete = each.assigned_to === session.user.id || hasRole(session, ["manager", "care_manager"]);
    return h(
      "li",
      { class: "card" },
      h("p", { class: "said" }, each.action_text),
      h(
        "p",
        { class: "by" },
        nameOf(staff, each.assigned_to),
        " · ",
        each.completed_at
          ? t("incidents.completed", { when: formatWhen(each.completed_at, home.zone) })
          : each.due_at && t("incidents.due_by", { when: formatWhen(each.due_at, home.zone) }),
      ),
      !each.completed_at && mayComplete && h("p", {}, working(t("incidents.complete"), complete, messages)),
    );
  };
  const followup = (each) =>
    h(
      "li",
      { class: "card" },
      h("h3", {}, t(`incident_followup_kind.${each.kind}`)),
      h("p", { class: "said" }, each.note),
      h(
        "p",
        { class: "by" },
        [nameOf(staff, each.created_by), formatWhen(each.created_at, home.zone)].join(" · "),
      ),
    );
  const isClosed = incident.status === "closed";
  const may = (roles) => !isClosed && hasRole(session, roles);
  return [
    h("p", {}, h("a", { href: "#/incidents" }, t("incidents.back"))),
    h(
      "h2",
      {},
      `${t(`incident_kind.${incident.kind}`)}, ${home.name}`,
      incident.is_restricted && tag(t("incidents.restricted")),
    ),
    messages,
    facts(incident, home, staff),
    h("h3", { class: "part" }, t("incidents.what")),
    h("p", { class: "said" }, words?.description ?? t("incidents.sealed")),
    ...bodyMap(words?.body_map ?? []),
    people.length > 0 && [h("h3", { class: "part" }, t("incidents.people")), h("ul", {}, people.map(person))],
    actions.length > 0 && [h("h3", { class: "part" }, t("incidents.actions")), list(actions.map(action))],
    followups.length > 0 && [
      h("h3", { class: "part" }, t("incidents.followups")),
      list(followups.map(followup)),
    ],
    may(TAKERS) && assigning(inside, incident, staff),
    hasRole(session, WRITERS) && ask("note", inside, id, "add_incident_followup", "p_note"),
    may(REVIEWERS) && ask("review", inside, id, "review_incident", "p_findings"),
    incident.status === "under_review" &&
      may(CLOSERS) &&
      ask("close", inside, id, "close_incident", "p_lessons"),
    isClosed && hasRole(session, CLOSERS) && ask("reopen", inside, id, "reopen_incident", "p_reason"),
  ]
    .flat()
    .filter(Boolean);
}

const withNames = atHome((context) =>
  context.args[0] === "report" ? report(context) : oneIncident(context, context.args[0]),
);
const withoutNames = atHome(board, { asksPurpose: false, picksHome: false });

export default {
  id: "incidents",
  feature: "care_homes",
  roles: CARE_TEAM,
  show: (context) => (context.args[0] ? withNames(context) : withoutNames(context)),
};

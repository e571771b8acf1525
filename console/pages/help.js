// Those who help: who may need it, and the cases of those who may be known. Each look leaves an event in the trail, so
// nothing is asked before it is said what for, and nothing is asked twice.

import { announce, focusOn, h, notice } from "../lib/dom.js";
import { choiceField, makeForm, radioField, textField } from "../lib/form.js";
import { growingList, PAGE } from "../lib/more.js";
import { namesOf } from "../lib/practitioners.js";
import { HELPERS } from "../lib/session.js";
import { refusalNotice } from "../lib/refusals.js";
import { formatDay, formatMoment, formatNumber, t } from "../lib/texts.js";

// What those who help can be there for; the server knows more purposes.
const PURPOSES = ["operations", "emergency", "legal"];
const METHODS = ["call", "message", "in_person", "video"];
const OUTCOMES = ["improved", "unchanged", "worse", "declined", "unknown"];
const CONTACTS = 500; // of one case: as many as the server tells at once

const logged = (purpose) =>
  h(
    "p",
    { class: "lead" },
    t("help.logged", { purpose: t(`help_purpose.${purpose}`) }),
    " ",
    h("a", { href: "#/help" }, t("help.other_purpose")),
  );

function askPurpose({ go }) {
  const options = PURPOSES.map((value) => ({ value, label: t(`help_purpose.${value}`) }));
  return [
    h("p", { class: "lead" }, t("help.lead")),
    makeForm({
      fields: { purpose: radioField({ label: t("help.purpose"), hint: t("help.purpose_hint"), options }) },
      action: t("help.show"),
      submit: async ({ purpose }) => go("help", purpose),
    }),
  ];
}

const score = (value) =>
  value === null ? t("help.no_score") : t("help.score", { value: formatNumber(value) });

const tag = (text) => h("span", { class: "tag" }, text);

function person(each) {
  return h(
    "li",
    { class: "card" },
    h("h3", {}, each.provider_name, tag(t(`risk_level.${each.risk_level}`))),
    h("p", {}, score(each.composite_burnout_score), " · ", formatDay(each.assessment_date)),
    h("p", { class: "by" }, t(each.has_open_case ? "help.has_case" : "help.has_no_case")),
  );
}

const caseItem = (names, purpose) => (each) =>
  h(
    "li",
    { class: "card" },
    h(
      "h3",
      {},
      h("a", { href: `#/help/${purpose}/${each.id}` }, names.get(each.practitioner_id) ?? t("help.unknown")),
      tag(t(`intervention_status.${each.status}`)),
    ),
    h("p", {}, t(`intervention_kind.${each.kind}`), " · ", score(each.score_before)),
    h("p", { class: "by" }, t("help.due", { day: formatDay(each.due_on) })),
  );

async function lists({ api, args: [purpose] }) {
  const asked = { p_purpose: purpose, p_limit: PAGE };
  const readCases = (last) =>
    api.call("list_interventions", { ...asked, ...(last && { p_before: last.id }) });
  const readPeople = (last) =>
    api.call("get_providers_needing_help", {
      ...asked,
      ...(last && { p_below_score: last.composite_burnout_score, p_before: last.user_id }),
    });
  const showCases = async (cases) => {
    const names = await namesOf(
      api,
      cases.map((each) => each.practitioner_id),
    );
    return cases.map(caseItem(names, purpose));
  };
  const showPeople = (people) => people.map(person);
  const [cases, people] = await Promise.all([readCases(), readPeople()]);
  const lists = await Promise.all([
    growingList({ first: cases, read: readCases, show: showCases, otherwise: t("help.no_cases") }),
    growingList({ first: people, read: readPeople, show: showPeople, otherwise: t("help.no_people") }),
  ]);
  return [
    logged(purpose),
    h("h2", {}, t("help.cases")),
    lists[0],
    h("h2", {}, t("help.people")),
    lists[1],
    h("p", { class: "hint" }, t("help.only_who_agreed")),
  ].flat();
}

function facts(each, { user }) {
  const owner =
    each.owner_id === user.id ? "help.owner_you" : each.owner_id ? "help.owner_other" : "help.owner_none";
  const rows = [
    [t("help.kind"), t(`intervention_kind.${each.kind}`)],
    [t("help.status"), t(`intervention_status.${each.status}`)],
    each.occasion && [t("help.occasion"), t(`peer_support_occasion.${each.occasion}`)],
    [t("help.owner"), t(owner)],
    [t("help.opened"), formatMoment(each.opened_at)],
    [t("help.due_label"), formatDay(each.due_on)],
    [t("help.before"), score(each.score_before)],
    [t("help.after"), score(each.score_after)],
    each.outcome && [t("help.outcome"), t(`intervention_outcome.${each.outcome}`)],
    each.note && [t("help.note"), each.note],
  ];
  return h(
    "dl",
    { class: "facts" },
    rows.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

const contact = (each, { user }) =>
  h(
    "li",
    { class: "card" },
    h(
      "p",
      {},
      t(`contact_method.${each.contact_method}`),
      ": ",
      t(each.is_reached ? "help.reached" : "help.not_reached"),
    ),
    h(
      "p",
      { class: "by" },
      formatMoment(each.contacted_at),
      " · ",
      t(each.contacted_by === user.id ? "help.owner_you" : "help.owner_other"),
    ),
  );

function logForm({ api, draft }, id, done) {
  const form = makeForm({
    fields: {
      method: choiceField({
        label: t("help.method"),
        options: METHODS.map((value) => ({ value, label: t(`contact_method.${value}`) })),
      }),
      reached: radioField({
        label: t("help.was_reached"),
        options: [
          { value: "yes", label: t("help.reached") },
          { value: "no", label: t("help.not_reached") },
        ],
      }),
    },
    action: t("help.log"),
    draft: draft(`contact ${id}`),
    done,
    submit: ({ method, reached }) =>
      api.call("log_intervention_contact", {
        p_id: id,
        p_contact_method: method,
        p_is_reached: reached === "yes",
      }),
  });
  form.setAttribute("aria-label", t("help.log"));
  return form;
}

function closeForm({ api, draft }, { id, status }, done) {
  // An offer that nobody took up can only be called declined.
  const outcomes = status === "proposed" ? ["declined"] : OUTCOMES;
  const form = makeForm({
    fields: {
      outcome: choiceField({
        label: t("help.outcome"),
        options: outcomes.map((value) => ({ value, label: t(`intervention_outcome.${value}`) })),
      }),
      note: textField({ label: t("help.note"), hint: t("help.note_hint"), max: 500, isRequired: false }),
    },
    action: t("help.close"),
    draft: draft(`close ${id}`),
    parameters: { p_note: "note" },
    done,
    submit: ({ outcome, note }) =>
      api.call("close_intervention", { p_id: id, p_outcome: outcome, p_note: note.trim() || null }),
  });
  form.setAttribute("aria-label", t("help.close"));
  return form;
}

async function oneCase(context) {
  const { api, session, args, go } = context;
  const [purpose, id] = args;
  const asked = { p_id: id, p_purpose: purpose };
  let now = await api.call("get_intervention", asked);
  const [contacts, names] = await Promise.all([
    api.call("get_intervention_contacts", { ...asked, p_limit: CONTACTS }),
    namesOf(api, [now.practitioner_id]),
  ]);
  const name = names.get(now.practitioner_id) ?? t("help.unknown");
  const place = h("div", {});
  const messages = h("div", {});
  const heading = h("h2", {}, name);

  const changed = (words) => {
    announce(words);
    fill();
    focusOn(heading);
  };
  const assign = async () => {
    try {
      now = await api.call("assign_intervention", { p_id: id });
      changed(t("help.assigned"));
    } catch (refusal) {
      messages.replaceChildren(refusalNotice(refusal));
    }
  };
  const wasLogged = (made) => {
    contacts.unshift(made);
    // As the server does it: who reaches out looks after the case from then on.
    now = { ...now, status: "in_progress", owner_id: now.owner_id ?? session.user.id };
    changed(t("help.was_logged"));
  };
  const wasClosed = () => {
    announce(t("help.was_closed", { name }));
    go("help", purpose);
  };
  const work = () => [
    messages,
    now.owner_id !== session.user.id &&
      h("p", { class: "buttons" }, h("button", { type: "button", onclick: assign }, t("help.assign"))),
    h("h3", { class: "part" }, t("help.log_title")),
    logForm(context, id, wasLogged),
    h("h3", { class: "part" }, t("help.close_title")),
    closeForm(context, now, wasClosed),
  ];
  const fill = () =>
    place.replaceChildren(
      facts(now, session),
      h("h3", { class: "part" }, t("help.contacts")),
      contacts.length
        ? h(
            "ul",
            { class: "plain" },
            contacts.map((each) => contact(each, session)),
          )
        : h("p", {}, t("help.no_contacts")),
      ...(now.closed_at ? [notice("plain", h("p", {}, t("help.closed")))] : work().filter(Boolean)),
    );
  fill();
  return [logged(purpose), h("p", {}, h("a", { href: `#/help/${purpose}` }, t("help.back"))), heading, place];
}

export default {
  id: "help",
  feature: "resilience_hub",
  roles: HELPERS,
  show(context) {
    const [purpose, id] = context.args;
    if (!PURPOSES.includes(purpose)) return askPurpose(context);
    return id ? oneCase(context) : lists(context);
  },
};

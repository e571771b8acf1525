// A medication round: who is to be given what, and what became of it. Nothing is shown as given before the server has
// said so. A controlled drug takes two people, each in a session of their own.

import { ask } from "../lib/dialog.js";
import { announce, focusOn, h } from "../lib/dom.js";
import { atHome, formatTime, formatWhen, nameOf, namesOf, readAll, staffAt } from "../lib/care.js";
import { checkField, choiceField, makeForm, textField } from "../lib/form.js";
import { keys, MEDICATION_READERS, options, SIGNERS, signing, witnessing } from "../lib/medication.js";
import { period } from "../lib/periods.js";
import { hasRole } from "../lib/session.js";
import { formatNumber, t } from "../lib/texts.js";

// Of these it can be said how it was; of a missed one, too.
const OPEN = ["planned", "missed", "not_witnessed"];
const REASONS = {
  refused: ["declined", "asleep", "nausea", "unable_to_swallow", "other"],
  withheld: [
    "clinical_decision",
    "away",
    "asleep",
    "nil_by_mouth",
    "nausea",
    "side_effect",
    "out_of_stock",
    "other",
  ],
};
// What is taken back, and by whom if somebody else has signed for it.
const SETTLED = ["given", "refused", "withheld"];
const CORRECTORS = ["manager", "nurse", "clinician"];
const MISTAKES = ["not_given", "wrong_resident", "wrong_medicine", "wrong_time", "recorded_twice"];
const EFFECTS = ["effective", "partly_effective", "not_effective", "adverse"];

const tag = (text, kind) => h("span", { class: kind ? `tag ${kind}` : "tag" }, text);
const what = (details) => [details?.name, details?.dose].filter(Boolean).join(": ");

function askWhy(status, title, submit) {
  ask({
    title,
    fields: {
      reason: choiceField({
        label: t("round.reason"),
        options: options(REASONS[status], (value) => t(`medication_reason.${value}`)),
      }),
      note: textField({ label: t("round.note"), max: 1000, isRequired: false }),
    },
    parameters: { p_reason_code: "reason", p_note: "note" },
    action: t(`round.${status}`),
    submit,
  });
}

/** What was signed for in error: taken back by whoever signed, or by who answers for the round. */
function retracting({ api, session }, button, signed, title, done) {
  if (!hasRole(session, signed.by === session.user.id ? SIGNERS : CORRECTORS)) return [];
  const submit = async ({ reason, is_back }) => {
    await api.call("retract_administration", {
      p_id: signed.id,
      p_reason: reason,
      p_is_back: is_back ?? false,
    });
    announce(t(is_back && signed.isControlled ? "round.retracted_controlled" : "round.retracted"));
    done();
  };
  const open = () =>
    ask({
      title,
      fields: {
        reason: choiceField({
          label: t("round.mistake"),
          options: options(MISTAKES, (value) => t(`medication_retraction_reason.${value}`)),
        }),
        // Nothing was taken out for what was refused.
        ...(signed.status === "given" && {
          is_back: checkField({ label: t("round.is_back"), hint: t("round.is_back_hint"), value: true }),
        }),
      },
      parameters: { p_reason: "reason", p_is_back: "is_back" },
      action: t("round.retract"),
      submit,
    });
  return [h("p", { class: "buttons" }, button(t("round.retract"), title, open, "quiet"))];
}

function doseItem(first, context) {
  const { api, session, home, staff, show } = context;
  let dose = first;
  const name = dose.preferred_name ?? t("care.unknown");
  const title = t("round.dose", { name, medicine: dose.details?.name ?? t("care.unknown") });
  const item = h("li", { class: "card" });
  const messages = h("div", {});
  const button = signing(messages, home.zone, show);
  const keyOf = keys();

  const settle = (answer) => {
    dose = {
      ...dose,
      status: answer.status,
      administration_id: answer.id,
      administered_by: answer.administered_by,
      occurred_at: answer.occurred_at,
    };
    fill();
    focusOn(item);
  };
  const record = async (status, reason, note) => {
    const answer = await api.call("record_administration", {
      p_dose_id: dose.dose_id,
      p_status: status,
      p_request_key: keyOf(`${status} ${reason} ${note}`),
      p_reason_code: reason ?? null,
      p_note: note || null,
    });
    announce(t(answer.status === "awaiting_witness" ? "round.awaits" : "round.recorded"));
    settle(answer);
  };
  const why = (status) => () =>
    askWhy(status, title, ({ reason, note }) => record(status, reason, note.trim()));

  const account = () => {
    if (!dose.administration_id || !dose.administered_by) return null;
    const by = dose.administered_by === session.user.id ? t("care.you") : nameOf(staff, dose.administered_by);
    return h("p", { class: "by" }, t("round.by", { by, at: formatTime(dose.occurred_at, home.zone) }));
  };
  const todo = () => {
    if (dose.status === "awaiting_witness") {
      const given = { id: dose.administration_id, by: dose.administered_by, sign: "witness_administration" };
      return witnessing(context, button, given, title, settle);
    }
    if (SETTLED.includes(dose.status)) {
      const { administration_id: id, administered_by: by, status, is_controlled: isControlled } = dose;
      return retracting(context, button, { id, by, status, isControlled }, title, () =>
        settle({ status: "planned", id: null, administered_by: null, occurred_at: null }),
      );
    }
    if (!OPEN.includes(dose.status) || !hasRole(session, SIGNERS)) return [];
    return [
      h(
        "p",
        { class: "buttons" },
        button(t("round.given"), title, () => record("given"), "main"),
        button(t("round.refused"), title, why("refused")),
        button(t("round.withheld"), title, why("withheld")),
      ),
    ];
  };
  const fill = () =>
    item.replaceChildren(
      ...[
        h(
          "h3",
          {},
          formatTime(dose.due_at, home.zone),
          " ",
          h("a", { href: `#/residents/${dose.resident_id}` }, name),
          dose.status !== "planned" && tag(t(`medication_dose_status.${dose.status}`), dose.status),
          dose.is_controlled && tag(t("round.controlled")),
        ),
        h(
          "p",
          {},
          h("strong", {}, what(dose.details)),
          ` (${formatNumber(dose.dose_quantity)} ${dose.unit}, ${t(`medication_route.${dose.route}`)})`,
        ),
        dose.details?.instructions && h("p", { class: "said" }, dose.details.instructions),
        dose.status === "planned" &&
          h(
            "p",
            { class: "by" },
            t("round.window", {
              from: formatTime(dose.window_starts_at, home.zone),
              to: formatTime(dose.window_ends_at, home.zone),
            }),
          ),
        account(),
        messages,
        ...todo(),
      ].filter(Boolean),
    );
  fill();
  return item;
}

/** What was given as needed in the last day and still asks something: a second signature, or whether it helped. */
async function afterwards(context) {
  const { api, home, purpose, session, show } = context;
  const since = new Date(Date.now() - 24 * 3600_000).toISOString();
  const given = await api.rows("medication_administrations", (query) =>
    query
      .eq("site_id", home.id)
      .is("dose_id", null)
      .is("superseded_at", null)
      .in("status", ["given", "awaiting_witness"])
      .gte("occurred_at", since)
      .order("occurred_at")
      .limit(200),
  );
  if (!given.length) return [];
  const [effects, opened, names] = await Promise.all([
    api.rows("medication_effects", (query) =>
      query.in(
        "administration_id",
        given.map((each) => each.id),
      ),
    ),
    api.call("open_medication_orders", {
      p_ids: [...new Set(given.map((each) => each.order_id))],
      p_purpose: purpose,
    }),
    namesOf(
      api,
      given.map((each) => each.resident_id),
      purpose,
    ),
  ]);
  const said = new Set(effects.map((each) => each.administration_id));
  const details = new Map(opened.map((each) => [each.id, each.details]));
  const open = given.filter((each) => each.status === "awaiting_witness" || !said.has(each.id));
  const item = (each) => {
    const name = nameOf(names, each.resident_id);
    const title = t("round.dose", { name, medicine: details.get(each.order_id)?.name ?? t("care.unknown") });
    const messages = h("div", {});
    const button = signing(messages, home.zone, show);
    const place = h("li", { class: "card" });
    const help = () => {
      const form = makeForm({
        fields: {
          effect: choiceField({
            label: t("round.effect"),
            options: options(EFFECTS, (value) => t(`medication_effect_grade.${value}`)),
          }),
          note: textField({ label: t("round.note"), max: 1000, isRequired: false }),
        },
        action: t("round.record_effect"),
        submit: ({ effect, note }) =>
          api.call("record_effect", {
            p_administration_id: each.id,
            p_effect: effect,
            p_note: note.trim() || null,
          }),
        done: () => {
          announce(t("round.effect_recorded"));
          place.replaceChildren(h("p", {}, `${title}: ${t("round.effect_recorded")}`));
        },
      });
      form.setAttribute("aria-label", `${t("round.effect")} ${title}`);
      return hasRole(session, SIGNERS) ? form : null;
    };
    const isWaiting = each.status === "awaiting_witness";
    const given = {
      id: each.id,
      by: each.administered_by,
      sign: "witness_administration",
      status: each.status,
      isControlled: each.is_controlled,
    };
    const again = () => void show();
    place.append(
      h(
        "h3",
        {},
        title,
        tag(t("residents.as_needed")),
        isWaiting && tag(t("medication_dose_status.awaiting_witness")),
      ),
      h("p", { class: "by" }, t("round.given_at", { at: formatWhen(each.occurred_at, home.zone) })),
      messages,
      ...(isWaiting
        ? witnessing(context, button, given, title, again)
        : [help(), ...retracting(context, button, given, title, again)].filter(Boolean)),
    );
    return place;
  };
  return open.length ? [h("h2", {}, t("round.afterwards")), h("ul", { class: "plain" }, open.map(item))] : [];
}

async function round(context) {
  const { api, home, purpose } = context;
  const { from, to, chooser } = period(context, "round");
  const [doses, staff] = await Promise.all([
    readAll(
      api,
      "list_medication_round",
      { p_site_id: home.id, p_from: from, p_to: to, p_purpose: purpose },
      "p_after",
      "dose_id",
    ),
    staffAt(api, home),
  ]);
  const inside = { ...context, staff };
  return [
    chooser,
    doses.length
      ? h(
          "ul",
          { class: "plain" },
          doses.map((dose) => doseItem(dose, inside)),
        )
      : h("p", {}, t("round.none")),
    ...(await afterwards(inside)),
  ];
}

export default {
  id: "round",
  feature: "care_homes",
  roles: MEDICATION_READERS,
  show: atHome(round),
};

// Instruments to answer: their questions come as FHIR Questionnaires, whatever they ask.

import { focusOn, h, notice } from "../lib/dom.js";
import { makeForm, numberField, radioField } from "../lib/form.js";
import { PROVIDERS } from "../lib/session.js";
import { formatNumber, t } from "../lib/texts.js";

async function overview({ api }) {
  // What is about residents is nothing that a provider answers of themselves.
  const instruments = (await api.call("list_instruments")).filter((each) => each.subject_type !== "Patient");
  const item = (each) =>
    h(
      "li",
      { class: "card" },
      h("h2", {}, h("a", { href: `#/questionnaire/${each.code}` }, each.title)),
      each.description && h("p", {}, each.description),
    );
  return [
    h("p", { class: "lead" }, t("questionnaire.lead")),
    h("ul", { class: "plain" }, instruments.map(item)),
  ];
}

/** The questions, out of whatever groups they are in; a "display" asks nothing. */
const questions = (items) =>
  (items ?? []).flatMap((item) =>
    item.type === "group" ? questions(item.item) : item.answerOption ? [item] : [],
  );

const fieldOf = (item) =>
  radioField({
    label: item.text ?? item.linkId,
    options: item.answerOption.map(({ valueCoding: { code, display } }) => ({
      value: code,
      label: display ?? code,
    })),
    isRequired: item.required ?? false,
  });

function result(made, go) {
  const library = h(
    "button",
    { type: "button", class: "main", onclick: () => go("library") },
    t("page.library.menu"),
  );
  return notice(
    "good",
    h("h2", {}, t("questionnaire.done")),
    h("p", {}, t("questionnaire.level", { level: t(`risk_level.${made.risk_level}`) })),
    h("p", {}, t("questionnaire.score", { score: formatNumber(made.composite_burnout_score) })),
    h("p", {}, t("questionnaire.no_diagnosis")),
    h("p", { class: "buttons" }, library),
  );
}

const askForConsent = (go, code) => (refusal) =>
  refusal.code === "consent_required" && (go("participation", "questionnaire", code), true);

/** Results of an instrument whose questions are their publisher's. */
function results({ api, draft, go }, code) {
  const percent = (label, hint) => numberField({ label, hint, min: 0, max: 100, step: "any", value: "" });
  const place = h("div", {});
  const form = makeForm({
    fields: {
      exhaustion: percent(t("questionnaire.mbi_exhaustion"), t("questionnaire.mbi_hint")),
      depersonalization: percent(t("questionnaire.mbi_depersonalization"), t("questionnaire.mbi_hint")),
      accomplishment: percent(
        t("questionnaire.mbi_accomplishment"),
        t("questionnaire.mbi_accomplishment_hint"),
      ),
    },
    action: t("questionnaire.mbi_action"),
    draft: draft(`questionnaire ${code}`),
    parameters: {
      p_emotional_exhaustion_score: "exhaustion",
      p_depersonalization_score: "depersonalization",
      p_personal_accomplishment_score: "accomplishment",
    },
    refused: askForConsent(go, code),
    async submit({ exhaustion, depersonalization, accomplishment }) {
      const made = await api.call("submit_burnout_assessment", {
        p_emotional_exhaustion_score: exhaustion,
        p_depersonalization_score: depersonalization,
        p_personal_accomplishment_score: accomplishment,
      });
      place.replaceChildren(result(made, go));
      focusOn(place.querySelector("h2"));
    },
  });
  place.append(form);
  return [h("p", {}, t("questionnaire.mbi_lead")), place];
}

async function one(context) {
  const {
    api,
    args: [code],
    draft,
    go,
  } = context;
  const questionnaire = await api.call("get_questionnaire", { p_code: code });
  const asked = questions(questionnaire.item);
  const back = h("p", {}, h("a", { href: "#/questionnaire" }, t("questionnaire.back")));
  const title = h("h2", {}, questionnaire.title);
  // What may not be shown without a contract has no questions here.
  if (!asked.length && code === "mbi") return [back, title, ...results(context, code)];
  if (!asked.length) return [back, title, notice("plain", h("p", {}, t("questionnaire.no_items")))];

  const place = h("div", {});
  const form = makeForm({
    fields: Object.fromEntries(asked.map((item) => [item.linkId, fieldOf(item)])),
    action: t("questionnaire.action"),
    draft: draft(`questionnaire ${code}`),
    refused: askForConsent(go, code),
    async submit(values) {
      const answers = Object.entries(values).filter(([, answer]) => answer !== null);
      const made = await api.call("submit_instrument_assessment", {
        p_instrument_code: code,
        p_answers: answers.map(([linkId, answer]) => ({ link_id: linkId, code: answer })),
      });
      place.replaceChildren(result(made, go));
      focusOn(place.querySelector("h2"));
    },
  });
  place.append(form);
  const source = h("p", { class: "hint" }, questionnaire.copyright ?? "");
  return [back, title, h("p", {}, questionnaire.description ?? ""), place, source];
}

export default {
  id: "questionnaire",
  feature: "resilience_hub",
  roles: PROVIDERS,
  show: (context) => (context.args.length ? one(context) : overview(context)),
};

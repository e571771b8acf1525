// What raises one's own risk of burnout, in words; for oneself. Nothing of it is stored.

import { lineChart, table } from "../lib/chart.js";
import { h, notice } from "../lib/dom.js";
import { PROVIDERS } from "../lib/session.js";
import { formatDay, formatMonth, formatNumber, formatWholeMonth, t } from "../lib/texts.js";

const link = (id) => h("a", { href: `#/${id}` }, t(`page.${id}.menu`));

function now({ composite, level, contributions }) {
  const item = (part) =>
    h(
      "li",
      { class: "card" },
      h("p", { class: "by" }, t("risk.points", { count: Number(part.points) })),
      h(
        "p",
        {},
        t(`resilience.risk.${part.kind}`, {
          value: part.value === null ? "" : formatNumber(part.value),
          threshold: part.threshold === null ? "" : formatNumber(part.threshold),
        }),
      ),
    );
  const isElevated = ["high", "critical"].includes(level);
  return [
    notice(
      "plain",
      h("h2", {}, t("risk.now", { level: t(`risk_level.${level}`), score: formatNumber(composite) })),
      isElevated && h("p", {}, t("risk.elevated"), " ", link("offers")),
    ),
    h("h2", {}, t("risk.why")),
    h("ul", { class: "plain" }, contributions.map(item)),
    h("p", { class: "hint" }, t("risk.sum")),
  ];
}

function change(value) {
  const number = Number(value);
  const name = number < 0 ? "better" : number > 0 ? "worse" : "same";
  return t(`wellbeing_effect.${name}`, { value: formatNumber(Math.abs(number)) });
}

function trajectory(months, signal) {
  if (!months.length) return [h("p", {}, t("risk.no_months"), " ", link("questionnaire"))];
  const data = {
    days: months.map((each) => each.month),
    format: formatMonth,
    name: t("risk.chart", { count: months.length }),
    max: 100,
    series: [{ label: t("risk.score"), values: months.map((each) => Number(each.average_score)) }],
  };
  const list = table({
    caption: t("risk.table"),
    columns: [t("risk.month"), t("risk.assessments"), t("risk.score"), t("risk.change")],
    rows: months
      .toReversed()
      .map((each) => [
        formatMonth(each.month),
        formatNumber(each.assessment_count),
        formatNumber(each.average_score),
        change(each.change_since_first),
      ]),
  });
  return [lineChart(data, signal), list];
}

/** One's own score beside those of others, in words: a rank or a picture would say more of them than a quarter does. */
function benchmark(found) {
  if (!found?.month) return [];
  const words = t("risk.benchmark", {
    score: formatNumber(found.score),
    quarter: t(`score_quarter.${found.quarter}`),
    count: found.assessed_count,
    month: formatWholeMonth(found.month),
    median: formatNumber(found.median_burnout),
  });
  return [h("h2", {}, t("risk.beside")), h("p", {}, words), h("p", { class: "hint" }, t("risk.beside_hint"))];
}

function workload(found) {
  const unknown = (value, key) =>
    value === null ? t("risk.unknown") : t(key, { value: formatNumber(value) });
  const facts = [
    [t("risk.encounters"), formatNumber(found.encounters_last_30_days)],
    [t("risk.encounters_month"), formatNumber(found.encounters_this_month)],
    [t("risk.stress"), unknown(found.avg_stress_last_7_days, "risk.of_ten")],
    [t("risk.questions"), formatNumber(found.questions_today)],
    [t("risk.question_days"), formatNumber(found.question_days_over_20)],
    [t("risk.high_risk"), unknown(found.high_risk_patient_percent, "risk.percent")],
  ];
  return [
    found.level === "high_risk" && notice("plain", h("p", {}, t("risk.too_much"))),
    h(
      "dl",
      { class: "facts wordy" },
      facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
  ];
}

const prompt = (each) =>
  h(
    "li",
    { class: "card" },
    h("p", { class: "by" }, formatDay(each.prompted_on)),
    h("p", {}, t(`provider_prompt.${each.kind}`, { value: each.question_count ?? "" })),
  );

export default {
  id: "risk",
  feature: "resilience_hub",
  roles: PROVIDERS,
  async show({ api, signal }) {
    const [risk, months, [beside], [load], prompts] = await Promise.all([
      api.call("get_my_risk"),
      api.call("get_my_trajectory"),
      api.call("get_my_benchmark"),
      api.call("get_my_workload"),
      api.call("get_my_prompts", { p_limit: 5 }),
    ]);
    return [
      h("p", { class: "lead" }, t("risk.lead")),
      now(risk),
      h("h2", {}, t("risk.trajectory")),
      trajectory(months, signal),
      benchmark(beside),
      h("h2", {}, t("risk.workload")),
      workload(load),
      prompts.length > 0 && h("h2", {}, t("risk.prompts")),
      prompts.length > 0 && h("ul", { class: "plain" }, prompts.map(prompt)),
    ]
      .flat()
      .filter(Boolean);
  },
};

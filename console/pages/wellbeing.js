// How burnout and help have been, month by month and team by team, without naming anyone. What is too few people to be
// shown says so in words.

import { lineChart, table } from "../lib/chart.js";
import { h, notice, uniqueId } from "../lib/dom.js";
import { choiceField } from "../lib/form.js";
import { refusalNotice } from "../lib/refusals.js";
import { LEADS } from "../lib/session.js";
import { formatMonth, formatNumber, t } from "../lib/texts.js";

const WHOLE = "whole";

// A share is not told either when it is of all but a few.
const share = (value) =>
  value === null ? t("wellbeing.few_share") : t("wellbeing.percent", { value: formatNumber(value) });

const burnoutRow = (each) =>
  each.median_burnout === null
    ? [formatMonth(each.month), t("wellbeing.suppressed")]
    : [
        formatMonth(each.month),
        formatNumber(each.median_burnout),
        formatNumber(each.average_burnout),
        t(`risk_level.${each.risk_level}`),
      ];

function effect({ median_effect: value }) {
  if (value === null) return t("wellbeing.few");
  const name = value < 0 ? "better" : value > 0 ? "worse" : "same";
  return t(`wellbeing_effect.${name}`, { value: formatNumber(Math.abs(value)) });
}

const pace = (value) => (value === null ? t("wellbeing.few_days") : formatNumber(value));

// Of a team the server says no more than burnout and adoption.
const otherRow = (isWhole) => (each) => [
  formatMonth(each.month),
  share(each.adoption_percent),
  ...(isWhole ? [pace(each.checkins_per_provider_week), share(each.trained_percent), effect(each)] : []),
];

function picture(months, isWhole, signal) {
  if (!months.length) return [notice("plain", h("p", {}, t("wellbeing.none")))];
  const newestFirst = months.toReversed();
  const data = {
    days: months.map((each) => each.month),
    format: formatMonth,
    name: t("wellbeing.chart", { count: months.length }),
    max: 100,
    series: [
      { label: t("wellbeing.median"), values: months.map((each) => each.median_burnout) },
      { label: t("wellbeing.average"), values: months.map((each) => each.average_burnout) },
    ],
  };
  const burnout = table({
    caption: t("wellbeing.burnout"),
    columns: [t("wellbeing.month"), t("wellbeing.median"), t("wellbeing.average"), t("wellbeing.level")],
    rows: newestFirst.map(burnoutRow),
  });
  const whole = [t("wellbeing.checkins"), t("wellbeing.trained"), t("wellbeing.effect")];
  const others = table({
    caption: t("wellbeing.taking_part"),
    columns: [t("wellbeing.month"), t("wellbeing.adoption"), ...(isWhole ? whole : [])],
    rows: newestFirst.map(otherRow(isWhole)),
  });
  return [
    months.some((each) => each.median_burnout !== null) && lineChart(data, signal),
    burnout,
    others,
    h("p", { class: "hint" }, t(isWhole ? "wellbeing.effect_hint" : "wellbeing.team_hint")),
  ].filter(Boolean);
}

function cell(found) {
  if (!found) return h("td", { class: "heat" }, t("wellbeing.no_figure"));
  if (found.is_suppressed) return h("td", { class: "heat" }, t("wellbeing.few"));
  return h(
    "td",
    { class: `heat ${found.risk_level}` },
    h("strong", {}, formatNumber(found.median_burnout)),
    " ",
    t(`risk_level.${found.risk_level}`),
  );
}

/** A table, not a picture: each cell says in words what its colour says. */
function heatmap(cells) {
  if (!cells.length) return [h("p", {}, t("wellbeing.no_teams"))];
  const months = [...new Set(cells.map((each) => each.month))].sort();
  const teams = new Map(cells.map((each) => [each.team_id, each.team_name]));
  const found = new Map(cells.map((each) => [`${each.team_id} ${each.month}`, each]));
  const name = h("p", { id: uniqueId("heat") }, t("wellbeing.heatmap"));
  const head = [t("wellbeing.team"), ...months.map(formatMonth)];
  const body = [...teams].map(([id, team]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, team),
      months.map((month) => cell(found.get(`${id} ${month}`))),
    ),
  );
  const grid = h(
    "table",
    { class: "heatmap", "aria-labelledby": name.id },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((each) => h("th", { scope: "col" }, each)),
      ),
    ),
    h("tbody", {}, body),
  );
  // Six months are wider than a phone: the keyboard reaches what is scrolled, too.
  const wide = h("div", { class: "wide", role: "region", "aria-labelledby": name.id, tabindex: "0" }, grid);
  return [name, wide];
}

export default {
  id: "wellbeing",
  feature: "resilience_hub",
  roles: LEADS,
  async show({ api, signal }) {
    const [months, cells, teams] = await Promise.all([
      api.call("get_wellbeing_months"),
      api.call("get_team_heatmap"),
      api.rows("provider_teams", (query) => query.order("name").limit(200)),
    ]);
    const figures = h("div", {}, picture(months, true, signal));
    const options = [
      { value: WHOLE, label: t("wellbeing.whole") },
      ...teams.map((team) => ({ value: team.id, label: team.name })),
    ];
    const chosen = choiceField({ label: t("wellbeing.of"), options, value: WHOLE });
    chosen.element.addEventListener("change", async () => {
      const team = chosen.read();
      try {
        const asked = team === WHOLE ? {} : { p_team_id: team };
        const answer = await api.call("get_wellbeing_months", asked);
        if (chosen.read() === team) figures.replaceChildren(...picture(answer, team === WHOLE, signal));
      } catch (refusal) {
        figures.replaceChildren(refusalNotice(refusal));
      }
    });
    return [
      h("p", { class: "lead" }, t("wellbeing.lead")),
      teams.length > 0 && chosen.element,
      figures,
      h("h2", {}, t("wellbeing.teams")),
      ...heatmap(cells),
    ].filter(Boolean);
  },
};

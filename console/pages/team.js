// How the team is, day by day, without naming anyone. A day that is not shown says why, in words.

import { lineChart, table } from "../lib/chart.js";
import { choiceField } from "../lib/form.js";
import { h, notice } from "../lib/dom.js";
import { refusalNotice } from "../lib/refusals.js";
import { LEADS } from "../lib/session.js";
import { formatDay, formatNumber, t } from "../lib/texts.js";

const PERIODS = ["14", "42", "90"];

const isShown = (day) => !day.is_open && !day.is_suppressed;

function row(day) {
  if (day.is_open) return [formatDay(day.checkin_date), t("team.open")];
  if (day.is_suppressed) return [formatDay(day.checkin_date), t("team.suppressed")];
  return [
    formatDay(day.checkin_date),
    formatNumber(day.people_count),
    formatNumber(day.average_stress_level),
    formatNumber(day.average_energy_level),
    t("team.percent", { value: Number(day.missed_break_percent) }),
  ];
}

function picture(days, signal) {
  const values = (column) => days.map((day) => (isShown(day) ? Number(day[column]) : null));
  const hidden = days.filter((day) => day.is_suppressed).length;
  const data = {
    days: days.map((day) => day.checkin_date),
    name: t("team.chart", { count: days.length }),
    max: 10,
    series: [
      { label: t("team.stress"), values: values("average_stress_level") },
      { label: t("team.energy"), values: values("average_energy_level") },
    ],
  };
  const list = table({
    caption: t("team.table"),
    columns: [t("team.day"), t("team.people"), t("team.stress"), t("team.energy"), t("team.breaks")],
    rows: days.toReversed().map(row),
  });
  const words = hidden > 0 && h("p", {}, t("team.hidden", { count: hidden, days: days.length }));
  const nothing = !days.some(isShown) && notice("plain", h("p", {}, t("team.nothing")));
  return [words, nothing || lineChart(data, signal), list].filter(Boolean);
}

/** The day so many days before `day`. */
function daysBefore(day, count) {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() - count);
  return moment.toISOString().slice(0, 10);
}

export default {
  id: "team",
  feature: "resilience_hub",
  roles: LEADS,
  async show({ api, signal }) {
    const usual = await api.call("get_team_checkin_summary");
    const today = usual.at(-1).checkin_date;
    const figures = h("div", {}, picture(usual, signal));
    const options = PERIODS.map((value) => ({ value, label: t("team.days", { count: Number(value) }) }));
    const period = choiceField({ label: t("team.period"), options, value: PERIODS[0] });
    period.element.addEventListener("change", async () => {
      try {
        const from = daysBefore(today, Number(period.read()) - 1);
        figures.replaceChildren(
          ...picture(await api.call("get_team_checkin_summary", { p_from: from, p_to: today }), signal),
        );
      } catch (refusal) {
        figures.replaceChildren(refusalNotice(refusal));
      }
    });
    return [h("p", { class: "lead" }, t("team.lead")), period.element, figures];
  },
};

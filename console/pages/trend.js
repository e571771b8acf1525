// How it has been: one's own check-ins, for oneself.

import { lineChart, table } from "../lib/chart.js";
import { h, notice } from "../lib/dom.js";
import { PROVIDERS } from "../lib/session.js";
import { formatDay, formatNumber, t } from "../lib/texts.js";

const DAYS = 30;

/** The days from `from` to `to`, both included, as the database writes them. */
function daysBetween(from, to) {
  const days = [];
  for (const day = new Date(`${from}T00:00:00Z`); days.at(-1) !== to; day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  return days;
}

function work(row) {
  const parts = [t("trend.patients", { count: row.patients_contacted_today })];
  if (row.difficult_patient_calls) parts.push(t("trend.calls", { count: row.difficult_patient_calls }));
  if (Number(row.overtime_hours)) parts.push(t("trend.overtime", { count: Number(row.overtime_hours) }));
  if (row.missed_break) parts.push(t("trend.missed_break"));
  return parts.join(", ");
}

/** How steadily one checks in, as encouragement only: what is not there is not said. */
function streak({ checkin_count: count, current_weeks: weeks, longest_weeks: longest }) {
  if (weeks <= 1) return t("trend.times", { count });
  const running = t("trend.running", { count: weeks });
  return longest > weeks ? `${running} ${t("trend.longest", { count: longest })}` : running;
}

export default {
  id: "trend",
  feature: "resilience_hub",
  roles: PROVIDERS,
  async show({ api, go, signal }) {
    const [rows, [steadiness]] = await Promise.all([
      api.call("get_my_checkins", { p_limit: DAYS }),
      api.call("get_my_checkin_streak"),
    ]);
    if (!rows.length) {
      const first = h(
        "button",
        { type: "button", class: "main", onclick: () => go("checkin") },
        t("page.checkin.menu"),
      );
      return notice("plain", h("p", {}, t("trend.none")), first);
    }
    const byDay = new Map(rows.map((row) => [row.checkin_date, row]));
    const days = daysBetween(rows.at(-1).checkin_date, rows[0].checkin_date).slice(-3 * DAYS);
    const values = (column) => days.map((day) => byDay.get(day)?.[column] ?? null);
    const chart = lineChart(
      {
        days,
        name: t("trend.chart", { count: rows.length }),
        max: 10,
        series: [
          { label: t("trend.stress"), values: values("stress_level") },
          { label: t("trend.energy"), values: values("energy_level") },
        ],
      },
      signal,
    );
    const list = table({
      caption: t("trend.table"),
      columns: [t("trend.day"), t("trend.stress"), t("trend.energy"), t("trend.work")],
      rows: rows.map((row) => [
        formatDay(row.checkin_date),
        formatNumber(row.stress_level),
        formatNumber(row.energy_level),
        work(row),
      ]),
    });
    return [h("p", { class: "lead" }, t("trend.lead")), h("p", {}, streak(steadiness)), chart, list];
  },
};

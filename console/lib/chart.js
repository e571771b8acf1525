// Lines over days or months, and the same figures as a table beside them: a chart is a picture, the table is the text.

import { h } from "./dom.js";
import { formatDay } from "./texts.js";

let loaded = null;

// The library is large and most visits need no chart. Its browser build leaves `Chart` behind.
async function library() {
  loaded ??= import("../vendor/chart.js");
  await loaded;
  return globalThis.Chart;
}

const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function configuration({ days, format = formatDay, series, max, isWide }) {
  const ink = style("--muted");
  const grid = { color: style("--line"), drawTicks: false };
  const ticks = { color: ink, font: { family: style("--font"), size: 13 } };
  return {
    type: "line",
    data: {
      labels: days.map(format),
      datasets: series.map((each, place) => ({
        label: each.label,
        data: each.values,
        borderColor: style(`--series-${place + 1}`),
        backgroundColor: style(`--series-${place + 1}`),
        // Told apart without colour, too.
        borderDash: place ? [6, 4] : [],
        pointStyle: place ? "triangle" : "circle",
        pointRadius: days.length > 45 ? 2 : 4,
        borderWidth: 2,
        tension: 0,
        spanGaps: false,
      })),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: ["mousemove", "mouseout", "touchstart"],
      interaction: { mode: "index", intersect: false },
      plugins: {
        legend: {
          position: "bottom",
          labels: { color: style("--ink"), usePointStyle: true, boxHeight: 8, font: ticks.font },
        },
      },
      scales: {
        x: {
          offset: true,
          ticks: { ...ticks, maxRotation: 0, autoSkip: true, maxTicksLimit: isWide ? 8 : 4 },
          grid,
        },
        y: { min: 0, max, ticks: { ...ticks, stepSize: max / 5 }, grid },
      },
    },
  };
}

/**
 * A picture of lines.
 *
 * @param {object} data
 * @param {string[]} data.days as the database writes them
 * @param {(day: string) => string} [data.format] what stands below each; months are written by their first day
 * @param {{ label: string, values: (number | null)[] }[]} data.series a null is a gap
 * @param {number} data.max the top of the scale, which begins at 0
 * @param {string} data.name says in words what it shows
 * @param {AbortSignal} signal when the page is left
 */
export function lineChart(data, signal) {
  const canvas = h("canvas", { role: "img", "aria-label": data.name });
  // The height is known before the library is there, so that nothing moves when it comes.
  const frame = h("div", { class: "chart" }, canvas);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chart = null;

  const draw = async () => {
    const Chart = await library();
    if (signal.aborted) return;
    chart?.destroy();
    chart = new Chart(canvas, configuration({ ...data, isWide: frame.clientWidth > 560 }));
    frame.dataset.drawn = "true";
  };

  dark.addEventListener("change", draw, { signal });
  signal.addEventListener("abort", () => chart?.destroy());
  // Drawn once it has a place; without the library the table still says everything.
  requestAnimationFrame(() => draw().catch((error) => console.error(error)));
  return frame;
}

/**
 * A table with a caption. Cells that say something instead of figures span the rest of their row.
 *
 * @param {{ caption: string, columns: string[], rows: (string | Node)[][] }} data the first cell names the row
 */
export function table({ caption, columns, rows }) {
  return h(
    "table",
    {},
    h("caption", {}, caption),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((column) => h("th", { scope: "col" }, column)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([first, ...others]) => {
        const cells = others.map((cell) =>
          h("td", { colspan: others.length === 1 && columns.length > 2 ? columns.length - 1 : null }, cell),
        );
        return h("tr", {}, h("th", { scope: "row" }, first), cells);
      }),
    ),
  );
}

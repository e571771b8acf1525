// Where on a body something is. A finger or a pointer marks a point on the figure; the keyboard chooses a part of the
// body from a list. Both make the same points: x and y from 0 to 1000 on one side.

import { announce, h, uniqueId } from "./dom.js";
import { t } from "./texts.js";

export const SIDES = ["front", "back", "left", "right"];
const KINDS = ["bruise", "cut", "skin_tear", "burn", "pressure", "swelling", "fracture", "pain", "other"];
const MOST = 50;
// Parts of the body as one looks at the figure. Seen from the front, the right arm is on the left.
const MIDDLE = {
  head: [500, 90],
  neck: [500, 175],
  upper_body: [500, 290],
  lower_body: [500, 430],
  hip: [500, 520],
};
const LIMBS = {
  arm: [345, 330],
  hand: [310, 540],
  thigh: [435, 640],
  knee: [435, 740],
  lower_leg: [435, 840],
  foot: [430, 950],
};
const SIDEWAYS = {
  ...MIDDLE,
  arm: [500, 350],
  hand: [500, 540],
  thigh: [500, 640],
  knee: [500, 740],
  lower_leg: [500, 840],
  foot: [525, 955],
};

/** The parts of a side: name, and where it is. */
function parts(side) {
  if (side === "left" || side === "right")
    return Object.entries(SIDEWAYS).map(([name, at]) => [t(`body_part.${name}`), at]);
  const of = (name, isLeft) => t(isLeft ? "body.of_left" : "body.of_right", { part: t(`body_part.${name}`) });
  return [
    ...Object.entries(MIDDLE).map(([name, at]) => [t(`body_part.${name}`), at]),
    ...Object.entries(LIMBS).flatMap(([name, [x, y]]) => {
      const mirrored = [1000 - x, y];
      const isFront = side === "front";
      return [
        [of(name, false), isFront ? [x, y] : mirrored],
        [of(name, true), isFront ? mirrored : [x, y]],
      ];
    }),
  ];
}

/** The part of the body that a point is nearest to. */
function nearest({ side, x, y }) {
  const far = ([, at]) => Math.hypot(at[0] - x, at[1] - y);
  return parts(side).reduce((best, each) => (far(each) < far(best) ? each : best))[0];
}

export const sayPoint = (point) =>
  t("body.point", {
    kind: t(`body_mark.${point.kind}`),
    part: nearest(point),
    side: t(`body_side.${point.side}`),
  });

const SVG = "http://www.w3.org/2000/svg";

function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const FRONTAL = [
  shape("circle", { cx: 500, cy: 90, r: 75 }),
  shape("path", {
    d: "M465 160h70v25l85 25q35 12 38 50l30 270q2 25-22 25t-26-22l-45-215v200l-15 440q-2 30-35 30t-34-30l-11-330-11 330q-1 30-34 30t-35-30l-15-440v-200l-45 215q-2 22-26 22t-22-25l30-270q3-38 38-50l85-25z",
  }),
];
const LATERAL = [
  shape("circle", { cx: 500, cy: 90, r: 75 }),
  shape("path", {
    d: "M468 160h60v25q55 30 58 110l-8 230-12 200-10 210 45 25q10 25-15 25h-110q-10 0-10-15l2-240-22-200-32-235q0-80 54-110z",
  }),
];

/** A figure with its points. */
export function bodyFigure(side, points) {
  const outline = side === "front" || side === "back" ? FRONTAL : LATERAL;
  const mine = points.filter((point) => point.side === side);
  return shape(
    "svg",
    {
      viewBox: "230 0 540 1000",
      class: "body",
      role: "img",
      "aria-label": t("body.figure", { side: t(`body_side.${side}`), count: mine.length }),
    },
    ...outline.map((each) => each.cloneNode()),
    ...mine.map((point) => shape("circle", { class: "mark", cx: point.x, cy: point.y, r: 18 })),
  );
}

/** The points of a report, to look at: a figure of each side that has any, and the same in words. */
export function bodyMap(points) {
  if (!points.length) return [];
  return [
    h(
      "div",
      { class: "bodies" },
      SIDES.filter((side) => points.some((point) => point.side === side)).map((side) =>
        bodyFigure(side, points),
      ),
    ),
    h(
      "ul",
      {},
      points.map((point) => h("li", {}, sayPoint(point))),
    ),
  ];
}

/** A field of a form whose value is a list of points. */
export function bodyField({ label, hint }) {
  let points = [];
  const select = (name, options) => {
    const id = uniqueId(name);
    const input = h(
      "select",
      { id },
      options.map(([value, text]) => h("option", { value }, text)),
    );
    return [h("div", { class: "field" }, h("label", { for: id }, t(`body.${name}`)), input), input];
  };
  const [sideRow, side] = select(
    "side",
    SIDES.map((value) => [value, t(`body_side.${value}`)]),
  );
  const [kindRow, kind] = select(
    "kind",
    KINDS.map((value) => [value, t(`body_mark.${value}`)]),
  );
  const [partRow, part] = select("part", []);
  const figure = h("div", { class: "bodies" });
  const list = h("ul", { class: "plain" });
  const note = h("p", { class: "hint", id: uniqueId("hint") }, hint);
  const error = h("p", { class: "error", hidden: true });

  const changed = () => {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    fill();
  };
  const add = ([x, y]) => {
    if (points.length >= MOST) return;
    points = [...points, { x, y, side: side.value, kind: kind.value }];
    announce(t("body.added", { point: sayPoint(points.at(-1)) }));
    changed();
  };
  const remove = (point) => {
    points = points.filter((each) => each !== point);
    announce(t("body.removed", { point: sayPoint(point) }));
    changed();
    button.focus();
  };
  const button = h(
    "button",
    { type: "button", onclick: () => add(parts(side.value)[Number(part.value)][1]) },
    t("body.add"),
  );
  const fill = () => {
    const drawn = bodyFigure(side.value, points);
    drawn.addEventListener("click", (event) => {
      const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawn.getScreenCTM().inverse());
      const within = (value) => Math.min(1000, Math.max(0, Math.round(value)));
      add([within(spot.x), within(spot.y)]);
    });
    figure.replaceChildren(drawn);
    list.replaceChildren(
      ...points.map((point) =>
        h(
          "li",
          { class: "listed" },
          sayPoint(point),
          h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": t("body.remove_point", { point: sayPoint(point) }),
              onclick: () => remove(point),
            },
            t("action.remove"),
          ),
        ),
      ),
    );
  };
  const fillParts = () =>
    part.replaceChildren(...parts(side.value).map(([name], place) => h("option", { value: place }, name)));
  side.addEventListener("change", () => {
    fillParts();
    fill();
  });
  const element = h(
    "fieldset",
    { class: "field bodymap", "aria-describedby": note.id },
    h("legend", {}, label),
    note,
    h("div", { class: "row" }, figure, h("div", {}, sideRow, kindRow, partRow, button, list)),
    error,
  );
  fillParts();
  fill();
  return {
    element,
    label,
    read: () => points,
    write: (known) => {
      points = known ?? [];
      fill();
    },
    say: (text) => {
      error.textContent = text ?? "";
      error.hidden = !text;
    },
    check: () => null,
    focus: () => side.focus(),
  };
}

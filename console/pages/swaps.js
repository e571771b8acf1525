// Swaps of shifts: a colleague is asked, and answers; who plans decides. The rules are those of every assignment, and
// are checked when it is carried out.

import { announce, h } from "../lib/dom.js";
import { say, working } from "../lib/buttons.js";
import { addDays, atHome, dayAt, formatTime, nameOf, readAll, staffAt } from "../lib/care.js";
import { choiceField, makeForm } from "../lib/form.js";
import { CARE_TEAM, hasRole, PLANNERS, WORKERS } from "../lib/session.js";
import { formatDay, t } from "../lib/texts.js";

const WEEKS = [0, 7, 14, 21];
const OPEN = ["requested", "accepted"];
const SOME = 20; // of one's own, newest first

/** Who is on which published shift of this week and the three after it, by assignment. */
async function readCrews(api, home) {
  const today = dayAt(Date.now(), home.zone);
  const weeks = await Promise.all(
    WEEKS.map((days) =>
      readAll(
        api,
        "list_roster_week",
        { p_site_id: home.id, p_week: addDays(today, days) },
        "p_after",
        "shift_id",
      ),
    ),
  );
  const crews = weeks
    .flat()
    .flatMap((shift) => shift.people.map((each) => [each.assignment_id, { shift, ...each }]));
  return new Map(crews);
}

const words = ({ shift }, home) =>
  t("rota.shift", {
    name: shift.template_name ?? t(`staff_skill.${shift.skill}`),
    day: formatDay(shift.shift_on),
    times: t("rota.times", {
      from: formatTime(shift.starts_at, home.zone),
      to: formatTime(shift.ends_at, home.zone),
    }),
  });

const shiftOf = ({ crews, home }, id) =>
  crews.has(id) ? words(crews.get(id), home) : t("swaps.another_day");

/** A swap in a sentence, the same for everybody who looks. */
function sentenceOf(swap, context) {
  const { staff } = context;
  const parameters = {
    who: nameOf(staff, swap.user_id),
    whom: nameOf(staff, swap.with_user_id),
    shift: shiftOf(context, swap.assignment_id),
    other: swap.with_assignment_id && shiftOf(context, swap.with_assignment_id),
  };
  return t(swap.with_assignment_id ? "swaps.for_another" : "swaps.taken_over", parameters);
}

function swapItem(swap, context, actions) {
  const { show } = context;
  const messages = h("div", {});
  const sentence = sentenceOf(swap, context);
  const button = ({ text, call, parameters, done, kind }) =>
    working(
      text,
      async () => {
        await context.api.call(call, { p_swap_id: swap.id, ...parameters });
        announce(done);
        void show();
      },
      messages,
      { class: kind, "aria-label": `${text}: ${sentence}` },
    );
  return h(
    "li",
    { class: "card" },
    h("p", {}, sentence, " ", h("span", { class: "tag" }, t(`shift_swap_status.${swap.status}`))),
    messages,
    actions.length > 0 && h("p", { class: "buttons" }, actions.map(button)),
  );
}

function answers(swap, { session }) {
  if (!OPEN.includes(swap.status)) return [];
  const call = "accept_swap";
  if (swap.user_id === session.user.id)
    return [
      { text: t("swaps.take_back"), call, parameters: { p_accept: false }, done: t("swaps.taken_back") },
    ];
  if (swap.status !== "requested") return [];
  return [
    { text: t("swaps.accept"), call, parameters: {}, done: t("swaps.accepted"), kind: "main" },
    { text: t("swaps.decline"), call, parameters: { p_accept: false }, done: t("swaps.declined") },
  ];
}

/** Nothing is carried out that the colleague has not agreed to. */
function decisions(swap) {
  const call = "approve_swap";
  const approve = { text: t("swaps.approve"), call, parameters: {}, done: t("swaps.approved"), kind: "main" };
  const decline = { p_approve: false };
  const turnDown = { text: t("swaps.turn_down"), call, parameters: decline, done: t("swaps.turned_down") };
  return swap.status === "accepted" ? [approve, turnDown] : [turnDown];
}

const list = (heading, swaps, context, actions) =>
  swaps.length
    ? [
        h("h2", {}, heading),
        h(
          "ul",
          { class: "plain" },
          swaps.map((swap) => swapItem(swap, context, actions(swap, context))),
        ),
      ]
    : [];

/** Asking a colleague: which of one's own shifts, whom, and what for. */
function asking(context, mine) {
  const { api, crews, home, session, show, staff } = context;
  const messages = h("div", {});
  const taken = new Set(mine.filter((swap) => OPEN.includes(swap.status)).map((swap) => swap.assignment_id));
  const ahead = [...crews.values()]
    .filter((each) => each.shift.is_published && Date.parse(each.shift.starts_at) > Date.now())
    .sort((one, other) => Date.parse(one.shift.starts_at) - Date.parse(other.shift.starts_at));
  const own = ahead.filter((each) => each.user_id === session.user.id && !taken.has(each.assignment_id));
  if (!own.length) return [h("h2", {}, t("swaps.ask")), h("p", {}, t("swaps.no_shift"))];
  const order = new Intl.Collator(document.documentElement.lang);
  const colleagues = [...staff.values()]
    .filter((each) => each.user_id !== session.user.id && each.roles.some((role) => WORKERS.includes(role)))
    .sort((one, other) => order.compare(one.name ?? "", other.name ?? ""));
  const option = (each) => ({ value: each.assignment_id, label: words(each, home) });
  const fields = {
    assignment: choiceField({ label: t("swaps.which"), options: own.map(option) }),
    whom: choiceField({
      label: t("swaps.whom"),
      options: colleagues.map((each) => ({ value: each.user_id, label: nameOf(staff, each.user_id) })),
    }),
    instead: choiceField({ label: t("swaps.instead"), options: [], isRequired: false }),
  };
  const instead = fields.instead.element.querySelector("select");
  const offer = () =>
    instead.replaceChildren(
      h("option", { value: "" }, t("swaps.nothing")),
      ...ahead
        .filter((each) => each.user_id === fields.whom.read())
        .map(option)
        .map(({ value, label }) => h("option", { value }, label)),
    );
  offer();
  fields.whom.element.addEventListener("input", offer);
  const form = makeForm({
    fields,
    action: t("swaps.ask"),
    parameters: { p_assignment_id: "assignment", p_with_user_id: "whom", p_with_assignment_id: "instead" },
    submit: ({ assignment, whom, instead: theirs }) =>
      api.call("request_swap", {
        p_assignment_id: assignment,
        p_with_user_id: whom,
        p_with_assignment_id: theirs || null,
      }),
    done: async () => {
      await show();
      say(messages, t("swaps.asked"));
    },
  });
  return [h("h2", {}, t("swaps.ask")), messages, form];
}

async function swaps(context) {
  const { api, home, session } = context;
  const mayPlan = hasRole(session, PLANNERS);
  const [mine, waiting, staff, crews] = await Promise.all([
    api.call("list_my_swaps", { p_limit: SOME }),
    mayPlan
      ? api.rows("shift_swaps", (query) =>
          query.eq("site_id", home.id).in("status", OPEN).order("id").limit(200),
        )
      : [],
    staffAt(api, home),
    readCrews(api, home),
  ]);
  const here = mine.filter((swap) => swap.site_id === home.id);
  const inside = { ...context, staff, crews };
  return [
    ...list(
      t("swaps.to_decide"),
      waiting.filter((swap) => ![swap.user_id, swap.with_user_id].includes(session.user.id)),
      inside,
      decisions,
    ),
    ...list(t("swaps.mine"), here, inside, answers),
    ...(hasRole(session, WORKERS) ? asking(inside, here) : []),
  ];
}

export default {
  id: "swaps",
  feature: "care_homes",
  roles: ["admin", ...CARE_TEAM],
  show: atHome(swaps, { asksPurpose: false }),
};

// The rota of a week. What speaks against somebody is said before anything is saved; what somebody else changes
// meanwhile comes by itself, and says so.

import { closeButton, openDialog, titledDialog } from "../lib/dialog.js";
import { announce, focusOn, h, notice } from "../lib/dom.js";
import { working } from "../lib/buttons.js";
import { addDays, atHome, dayAt, formatTime, readAll, staffAt } from "../lib/care.js";
import { watchChanges } from "../lib/live.js";
import { refusalNotice } from "../lib/refusals.js";
import { CARE_TEAM, hasRole, PLANNERS, WORKERS } from "../lib/session.js";
import { formatDay, formatLongDay, formatNumber, t } from "../lib/texts.js";

const tag = (text, kind) => h("span", { class: kind ? `tag ${kind}` : "tag" }, text);

function mondayOf(day) {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

function weekOf({ args, home }) {
  const asked =
    /^\d{4}-\d{2}-\d{2}$/.test(args[0] ?? "") && !Number.isNaN(Date.parse(args[0])) ? args[0] : null;
  return mondayOf(asked ?? dayAt(Date.now(), home.zone));
}

/** A reason against somebody, in words and with what it counts. */
function against({ reason, details }, courses) {
  const hours = (minutes) => formatNumber(minutes / 60);
  return t(`assignment_refusal.${reason}`, {
    skill: details.skill && t(`staff_skill.${details.skill}`),
    gaps: (details.gaps ?? []).map((code) => courses.get(code) ?? code).join(", "),
    rest: details.rest_minutes && hours(details.rest_minutes),
    maximum: details.maximum_minutes && hours(details.maximum_minutes),
    planned: details.planned_minutes && hours(details.planned_minutes),
    count: details.needed_count ?? 0,
  });
}

const times = (shift, { home }) =>
  t("rota.times", { from: formatTime(shift.starts_at, home.zone), to: formatTime(shift.ends_at, home.zone) });

const title = (shift, context) =>
  t("rota.shift", {
    name: shift.template_name ?? t(`staff_skill.${shift.skill}`),
    day: formatDay(shift.shift_on),
    times: times(shift, context),
  });

/** Ask whom to put on a shift; what speaks against them is there before there is anything to save. */
function askWhom(shift, context) {
  const { api, staff, courses, save, recheck } = context;
  const found = h("div", { role: "status" });
  const messages = h("div", {});
  const taken = new Set(shift.people.map((each) => each.user_id));
  const order = new Intl.Collator(document.documentElement.lang);
  const people = [...staff.values()]
    .filter((each) => !taken.has(each.user_id) && each.roles.some((role) => WORKERS.includes(role)))
    .sort((one, other) => order.compare(one.name ?? "", other.name ?? ""));
  const select = h(
    "select",
    { id: "rota-whom" },
    h("option", { value: "" }, t("form.choose")),
    people.map((each) =>
      h(
        "option",
        { value: each.user_id },
        [each.name ?? t("care.unknown"), each.job_title].filter(Boolean).join(", "),
      ),
    ),
  );
  const button = h("button", { type: "submit", class: "main", "aria-disabled": "true" }, t("rota.assign"));
  let faults = null; // of whoever is chosen; null: not known yet

  const check = async () => {
    const whom = select.value;
    faults = null;
    button.setAttribute("aria-disabled", "true");
    messages.replaceChildren();
    found.replaceChildren();
    if (!whom) return;
    try {
      const told = await api.call("check_assignment", { p_shift_id: shift.shift_id, p_user_id: whom });
      if (select.value !== whom) return;
      faults = told;
      const name = staff.get(whom)?.name ?? t("care.unknown");
      found.replaceChildren(
        told.length
          ? h(
              "div",
              { class: "notice bad" },
              h("p", {}, t("rota.against", { name })),
              h(
                "ul",
                {},
                told.map((fault) => h("li", {}, against(fault, courses))),
              ),
            )
          : h("div", { class: "notice good" }, h("p", {}, t("rota.nothing_against", { name }))),
      );
      if (!told.length) button.removeAttribute("aria-disabled");
    } catch (refusal) {
      messages.replaceChildren(refusalNotice(refusal, check));
    }
  };
  select.addEventListener("change", check);
  const submit = async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") {
      announce(t(select.value ? (faults?.length ? "rota.cannot" : "frame.wait") : "rota.whom_first"));
      return;
    }
    button.setAttribute("aria-disabled", "true");
    try {
      await save(
        () => api.call("assign_shift", { p_shift_id: shift.shift_id, p_user_id: select.value }),
        t("rota.assigned", { name: staff.get(select.value)?.name ?? t("care.unknown") }),
        shift.shift_id,
      );
      dialog.close();
      context.focusShift(shift.shift_id);
    } catch (refusal) {
      messages.replaceChildren(refusalNotice(refusal));
      focusOn(messages.firstChild);
    }
  };
  const dialog = titledDialog(
    title(shift, context),
    h(
      "form",
      { novalidate: true, onsubmit: submit },
      h("div", { class: "field" }, h("label", { for: "rota-whom" }, t("rota.whom")), select),
      found,
      messages,
      h("p", { class: "buttons" }, button, closeButton()),
    ),
  );
  dialog.addEventListener("close", () => recheck.delete(check));
  recheck.add(check);
  openDialog(dialog);
  select.focus();
}

function shiftItem(shift, context) {
  const { api, home, session, save, mayPlan, changedIds, offers } = context;
  const missing = shift.needed_count - shift.assigned_count;
  const name = title(shift, context);
  const messages = h("div", {});
  const offer = offers.find((each) => each.shift_id === shift.shift_id);
  const isMine = shift.people.some((each) => each.user_id === session.user.id);
  const isPast = new Date(shift.starts_at) < new Date();

  const button = (text, label, work, kind) =>
    working(text, work, messages, {
      class: `small ${kind ?? ""}`.trim(),
      "aria-label": label,
      "data-key": `${shift.shift_id} ${label}`,
    });
  const act = (call, parameters, words) => () =>
    save(() => api.call(call, parameters), words, shift.shift_id).then(() =>
      context.focusShift(shift.shift_id),
    );
  /** That one has come, from an hour before until the end, and that one has left. */
  const clocking = (mine) => {
    const id = { p_assignment_id: mine.assignment_id };
    const now = Date.now();
    const isTime = now >= Date.parse(shift.starts_at) - 3600e3 && now < Date.parse(shift.ends_at);
    if (mine.clocked_out_at) return tag(t("rota.left", { at: formatTime(mine.clocked_out_at, home.zone) }));
    if (mine.clocked_in_at) {
      const label = t("rota.clock_out_of", { shift: name });
      return button(t("rota.clock_out"), label, act("clock_out", id, t("rota.clocked_out")), "main");
    }
    if (!shift.is_published || !isTime) return null;
    const label = t("rota.clock_in_to", { shift: name });
    return button(t("rota.clock_in"), label, act("clock_in", id, t("rota.clocked_in")), "main");
  };
  const person = (each) =>
    h(
      "li",
      {},
      each.user_id === session.user.id ? h("strong", {}, t("rota.you")) : (each.name ?? t("care.unknown")),
      each.told_minutes > 0 &&
        !each.clocked_in_at &&
        tag(t("rota.late", { count: each.told_minutes }), "late"),
      each.user_id === session.user.id && clocking(each),
      mayPlan &&
        !each.clocked_in_at &&
        button(
          t("rota.unassign"),
          t("rota.unassign_name", { name: each.name ?? t("care.unknown"), shift: name }),
          act(
            "unassign_shift",
            { p_assignment_id: each.assignment_id },
            t("rota.unassigned", { name: each.name ?? t("care.unknown") }),
          ),
          "quiet",
        ),
    );
  return h(
    "li",
    {
      class: missing > 0 ? "shift open" : "shift",
      "data-shift": shift.shift_id,
      tabindex: "-1",
      "aria-label": name,
    },
    h("p", {}, h("strong", {}, times(shift, context))),
    h(
      "p",
      { class: "by" },
      [shift.template_name, t(`staff_skill.${shift.skill}`)].filter(Boolean).join(", "),
      changedIds.has(shift.shift_id) && tag(t("rota.changed"), "news"),
    ),
    h(
      "p",
      { class: missing > 0 ? "by missing" : "by" },
      t(missing > 0 ? "rota.missing" : "rota.full", {
        count: missing > 0 ? missing : shift.assigned_count,
        needed: shift.needed_count,
      }),
      shift.open_offer_count > 0 && tag(t("rota.offered")),
    ),
    shift.people.length > 0 && h("ul", { class: "plain people" }, shift.people.map(person)),
    messages,
    h(
      "p",
      { class: "actions" },
      mayPlan &&
        missing > 0 &&
        button(t("rota.add"), t("rota.add_to", { shift: name }), async () => askWhom(shift, context)),
      mayPlan &&
        missing > shift.open_offer_count &&
        shift.is_published &&
        !isPast &&
        button(
          t("rota.offer"),
          t("rota.offer_to", { shift: name }),
          act("offer_shift", { p_shift_id: shift.shift_id }, t("rota.offer_done")),
        ),
      !mayPlan &&
        offer &&
        !isMine &&
        hasRole(session, WORKERS) &&
        button(
          t("rota.claim"),
          t("rota.claim_of", { shift: name }),
          act("claim_shift", { p_offer_id: offer.id }, t("rota.claimed")),
          "main",
        ),
    ),
  );
}

/** What a shift says, to see whether it is another one. */
const gist = (shift) =>
  JSON.stringify([
    shift.version,
    shift.open_offer_count,
    shift.people.map((each) => [each.assignment_id, each.clocked_in_at, each.clocked_out_at]),
  ]);

async function rota(context) {
  const { api, home, session, signal } = context;
  const week = weekOf(context);
  const mayPlan = hasRole(session, PLANNERS);
  const asked = { p_site_id: home.id, p_week: week };
  const [staff, known] = await Promise.all([staffAt(api, home), api.rows("training_courses")]);
  const courses = new Map(known.map((course) => [course.code, course.title]));
  const messages = h("div", {});
  const place = h("div", {});
  const recheck = new Set(); // what an open question asks again when the rota has changed
  let shifts = [];
  let state = null;
  let offers = [];

  const focusShift = (id) => {
    const item = place.querySelector(`[data-shift="${id}"]`);
    if (item) focusOn(item);
  };
  const readState = async () => {
    [state = null] = await api.call("get_rota_state", asked);
    return state?.state ?? "";
  };
  const read = async () => {
    [shifts, offers] = await Promise.all([
      readAll(api, "list_roster_week", asked, "p_after", "shift_id"),
      mayPlan ? [] : api.rows("shift_offers", (query) => query.eq("site_id", home.id).eq("status", "open")),
    ]);
  };
  const draw = (changedIds = new Set()) => {
    // The keyboard stays where it was, as far as that is still there.
    const at = document.activeElement?.closest?.("[data-key], [data-shift]");
    const key = place.contains(at) ? (at.dataset.key ?? null) : null;
    const shiftId = place.contains(at) ? at.closest("[data-shift]")?.dataset.shift : null;
    place.replaceChildren(...drawn(changedIds));
    const again = key && [...place.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (again) again.focus({ preventScroll: true });
    else if (shiftId) focusShift(shiftId);
  };

  await Promise.all([read(), readState()]);
  const watch = await watchChanges({
    api,
    topic: `org:${session.organization.org_id}:rota_weeks`,
    read: readState,
    signal,
    changed: async () => {
      const before = new Map(shifts.map((shift) => [shift.shift_id, gist(shift)]));
      await read();
      if (signal.aborted) return;
      const news = shifts
        .filter((shift) => before.get(shift.shift_id) !== gist(shift))
        .map((shift) => shift.shift_id);
      draw(new Set(news));
      const words = t("rota.changed_by_other", { count: news.length });
      announce(words);
      messages.replaceChildren(notice("plain", h("p", {}, words)));
      for (const check of recheck) void check();
    },
  });
  /** A change of one's own: shown when it is there, and said. */
  const save = async (work, words) => {
    try {
      await watch.own(async () => {
        await work();
        await read();
      });
    } finally {
      if (!signal.aborted) draw();
    }
    announce(words);
    messages.replaceChildren(notice("good", h("p", {}, words)));
  };

  const planning = () => {
    if (!mayPlan) return null;
    const refused = (refusal) => {
      messages.replaceChildren(refusalNotice(refusal));
      focusOn(messages.firstChild);
    };
    const button = (text, call, words, kind) =>
      h(
        "button",
        {
          type: "button",
          class: kind,
          "data-key": call,
          onclick: () => save(() => api.call(call, asked), words).catch(refused),
        },
        text,
      );
    return h(
      "p",
      { class: "buttons" },
      button(
        t(state ? "rota.plan_again" : "rota.plan"),
        "plan_rota",
        t("rota.planned"),
        state ? null : "main",
      ),
      state?.status === "draft" && button(t("rota.publish"), "publish_rota", t("rota.published"), "main"),
    );
  };
  const inside = { ...context, staff, courses, save, recheck, mayPlan, focusShift };
  const day = (date, changedIds) => {
    const mine = shifts.filter((shift) => shift.shift_on === date);
    return h(
      "li",
      { class: "day" },
      h("h3", {}, formatDay(date)),
      mine.length
        ? h(
            "ul",
            { class: "plain" },
            mine.map((shift) => shiftItem(shift, { ...inside, changedIds, offers })),
          )
        : h("p", { class: "by" }, t("rota.no_shift")),
    );
  };
  const drawn = (changedIds) =>
    [
      // Whoever does not plan sees nothing of a draft, and need not know that there is one.
      h(
        "p",
        {},
        state && (mayPlan || shifts.length) ? tag(t(`rota_status.${state.status}`)) : t("rota.none"),
      ),
      planning(),
      shifts.length > 0 &&
        h(
          "ul",
          { class: "plain days" },
          [0, 1, 2, 3, 4, 5, 6].map((count) => day(addDays(week, count), changedIds)),
        ),
    ].filter(Boolean);
  draw();
  const step = (words, other) => h("a", { class: "step", href: `#/rota/${other}` }, words);
  return [
    h(
      "div",
      { class: "chooser" },
      h("h2", {}, t("rota.week", { day: formatLongDay(week) })),
      h(
        "p",
        { class: "steps" },
        step(t("rota.before"), addDays(week, -7)),
        step(t("rota.after"), addDays(week, 7)),
      ),
    ),
    messages,
    place,
  ];
}

export default {
  id: "rota",
  feature: "care_homes",
  roles: ["admin", ...CARE_TEAM],
  isWide: true,
  show: atHome(rota, { asksPurpose: false }),
};

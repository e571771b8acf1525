// What is to be done in a shift: whose it is, done, or not done and why. What was tapped is shown at once, and taken
// back with the reason if the server says no.

import { oneAtATime } from "../lib/buttons.js";
import { ask } from "../lib/dialog.js";
import { announce, focusOn, h } from "../lib/dom.js";
import { atHome, formatTime, formatWhen, nameOf, namesOf, readAll, staffAt } from "../lib/care.js";
import { period } from "../lib/periods.js";
import { choiceField, textField } from "../lib/form.js";
import { refusalNotice } from "../lib/refusals.js";
import { CARE_TEAM, CARERS, hasRole } from "../lib/session.js";
import { t } from "../lib/texts.js";

const REASONS = ["declined", "asleep", "away", "unwell", "not_needed", "not_possible", "other"];
const OPEN = ["due", "missed"];
// Who does whatever is to be done; carers do what is theirs.
const LEADERS = CARERS.filter((role) => role !== "carer");
// For so long whoever signed takes it back; leaders do at any time.
const UNDO_MS = 12 * 3600e3;

function state(task, { home, staff, session }) {
  if (!OPEN.includes(task.status)) {
    const by = task.completed_by === session.user.id ? t("care.you") : nameOf(staff, task.completed_by);
    const at = formatTime(task.completed_at, home.zone);
    const reason = task.skip_reason && t(`care_task_skip_reason.${task.skip_reason}`);
    return t(task.status === "skipped" ? "shift.was_skipped" : "shift.was_done", { by, at, reason });
  }
  if (!task.assigned_to) return t("shift.nobody");
  if (task.assigned_to === session.user.id) return t("shift.yours");
  return t("shift.theirs", { name: nameOf(staff, task.assigned_to) });
}

const noteField = (isRequired) => textField({ label: t("shift.note"), max: 1000, isRequired });
const reasonField = () =>
  choiceField({
    label: t("shift.reason"),
    options: REASONS.map((value) => ({ value, label: t(`care_task_skip_reason.${value}`) })),
  });
const backField = () => textField({ label: t("shift.why_back"), max: 1000 });

function taskItem(first, context) {
  const { api, session, home, names, changed } = context;
  let task = first;
  const item = h("li", { class: "card task" });
  const messages = h("div", {});
  const name = nameOf(names, task.resident_id);
  const title = t("shift.task", { kind: t(`care_task_kind.${task.task_kind}`), name });

  const settle = (answer) => {
    task = { ...task, ...answer, instructions: task.instructions };
    fill();
    changed(task);
    focusOn(item);
  };
  /** Shown as if it were done, until the server has answered. */
  const attempt = async (guess, call, words) => {
    const before = task;
    settle(guess);
    try {
      settle(await call());
      announce(words);
    } catch (refusal) {
      settle(before);
      throw refusal;
    }
  };
  const now = () => new Date().toISOString();
  const mine = { assigned_to: session.user.id };
  const finished = { ...mine, completed_by: session.user.id };
  const id = { p_occurrence_id: task.id };
  const take = () => attempt(mine, () => api.call("take_task", id), t("shift.taken"));
  const complete = (note) =>
    attempt(
      { ...finished, status: "completed", completed_at: now() },
      () => api.call("complete_task", { ...id, p_note: note || null }),
      t("shift.done", { name }),
    );
  const skip = ({ reason, note }) =>
    attempt(
      { ...finished, status: "skipped", completed_at: now(), skip_reason: reason },
      () => api.call("skip_task", { ...id, p_reason: reason, p_note: note.trim() || null }),
      t("shift.skipped", { name }),
    );

  const undo = ({ reason }) =>
    attempt(
      { status: "due", completed_at: null, completed_by: null, skip_reason: null },
      () => api.call("undo_task", { ...id, p_reason: reason.trim() }),
      t("shift.is_back", { name }),
    );

  const button = oneAtATime(messages, (refusal) =>
    refusalNotice(refusal, refusal.code === "conflict" ? context.show : null),
  );
  const back = () => focusOn(item);
  const parameters = { p_note: "note", p_reason: "reason" };
  const asking = (action, fields, submit) => async () =>
    ask({ title, action, fields: fields(), parameters, submit, done: back });
  const withNote = asking(
    t("shift.complete"),
    () => ({ note: noteField(true) }),
    ({ note }) => complete(note.trim()),
  );
  const withReason = asking(t("shift.skip"), () => ({ reason: reasonField(), note: noteField(false) }), skip);
  const withWhy = asking(t("shift.undo"), () => ({ reason: backField() }), undo);

  const buttons = () => {
    if (!hasRole(session, CARERS)) return null;
    if (["completed", "skipped"].includes(task.status)) {
      const isFresh = Date.now() - Date.parse(task.completed_at) < UNDO_MS;
      const mayUndo = hasRole(session, LEADERS) || (task.completed_by === session.user.id && isFresh);
      return mayUndo && h("p", { class: "buttons" }, button(t("shift.undo"), title, withWhy, "quiet"));
    }
    if (!OPEN.includes(task.status)) return null;
    const isMine = task.assigned_to === session.user.id;
    const mayFinish = isMine || hasRole(session, LEADERS);
    return h(
      "p",
      { class: "buttons" },
      !task.assigned_to && button(t("shift.take"), title, take, mayFinish ? null : "main"),
      mayFinish && button(t("shift.complete"), title, () => complete(), "main"),
      mayFinish && button(t("shift.complete_note"), title, withNote),
      mayFinish && button(t("shift.skip"), title, withReason),
    );
  };
  const fill = () => {
    item.className = `card task ${task.status}`;
    item.replaceChildren(
      ...[
        h(
          "h3",
          {},
          formatTime(task.due_at, home.zone),
          " ",
          h("a", { href: `#/residents/${task.resident_id}` }, name),
          h("span", { class: "tag" }, t(`care_task_kind.${task.task_kind}`)),
          task.status !== "due" &&
            h("span", { class: `tag ${task.status}` }, t(`care_task_status.${task.status}`)),
        ),
        task.instructions && h("p", { class: "said" }, task.instructions),
        h("p", { class: "by" }, state(task, context)),
        messages,
        buttons(),
      ].filter(Boolean),
    );
  };
  fill();
  return item;
}

async function tasks(context) {
  const { api, home, purpose, session } = context;
  const { from, to, chooser } = period(context, "shift");
  const isMine = Boolean(session.chosen.mine);
  const asked = { p_site_id: home.id, p_from: from, p_to: to, p_purpose: purpose, p_is_mine: isMine };
  const [rows, staff] = await Promise.all([
    readAll(api, "list_shift_tasks", asked, "p_after", "id"),
    staffAt(api, home),
  ]);
  const names = await namesOf(
    api,
    rows.map((task) => task.resident_id),
    purpose,
  );
  const all = new Map(rows.map((task) => [task.id, task]));
  const line = h("p", { class: "lead" });
  const count = () => {
    const left = [...all.values()].filter((task) => OPEN.includes(task.status)).length;
    line.textContent = all.size ? t("shift.left", { count: left, all: all.size }) : t("shift.none");
  };
  const changed = (task) => {
    all.set(task.id, task);
    count();
  };
  count();
  const box = h("input", { type: "checkbox", id: "shift-mine", checked: isMine });
  box.addEventListener("change", () => {
    session.chosen.mine = box.checked;
    void context.show();
  });
  const inner = { ...context, names, staff, changed };
  return [
    chooser,
    h("div", { class: "field check" }, box, h("label", { for: "shift-mine" }, t("shift.mine"))),
    line,
    h(
      "ul",
      { class: "plain", "aria-label": t("shift.list", { when: formatWhen(from, home.zone) }) },
      rows.map((task) => taskItem(task, inner)),
    ),
  ];
}

export default {
  id: "shift",
  feature: "care_homes",
  roles: CARE_TEAM,
  show: atHome(tasks),
};

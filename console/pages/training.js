// Who is trained and checked for what: everybody for themselves, and those who answer for a home for all who work there.

import { announce, focusOn, h } from "../lib/dom.js";
import { atHome, dayAt, nameOf, readAll, staffAt } from "../lib/care.js";
import { table } from "../lib/chart.js";
import { choiceField, dayField, makeForm } from "../lib/form.js";
import { CARE_TEAM, hasRole } from "../lib/session.js";
import { formatDate, hasText, t } from "../lib/texts.js";

const OVERSEERS = ["org_owner", "compliance_lead", "manager"];
const RECORDERS = ["compliance_lead"];

const cell = ({ standing, expires_on: until }) =>
  until
    ? t(`training_standing_until.${standing}`, { day: formatDate(until) })
    : t(`training_standing.${standing}`);

/** What a code stands for: a course of the organization, or a check of a kind that is known everywhere. */
const titleOf = (courses, code) =>
  courses.find((course) => course.code === code)?.title ??
  (hasText(`staff_check_kind.${code}`) ? t(`staff_check_kind.${code}`) : code);

function matrix(people, { staff, courses }) {
  const codes = [...new Set(people.flatMap((each) => each.cells.map((one) => one.code)))];
  const order = new Intl.Collator(document.documentElement.lang);
  codes.sort((one, other) => order.compare(titleOf(courses, one), titleOf(courses, other)));
  const sorted = [...people].sort((one, other) =>
    order.compare(nameOf(staff, one.user_id), nameOf(staff, other.user_id)),
  );
  const line = (each) => {
    const of = new Map(each.cells.map((one) => [one.code, one]));
    return h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        nameOf(staff, each.user_id),
        each.gaps.length > 0 && h("span", { class: "tag late" }, t("training.off_rota")),
      ),
      codes.map((code) => {
        const one = of.get(code);
        return h(
          "td",
          { class: one ? `heat ${one.standing}` : "heat" },
          one ? cell(one) : t("training.not_asked"),
        );
      }),
    );
  };
  return h(
    "div",
    { class: "wide", role: "region", "aria-label": t("training.matrix"), tabindex: "0" },
    h(
      "table",
      { class: "heatmap" },
      h("caption", {}, t("training.matrix")),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("training.person")),
          codes.map((code) => h("th", { scope: "col" }, titleOf(courses, code))),
        ),
      ),
      h("tbody", {}, sorted.map(line)),
    ),
  );
}

const OVER = ["missing", "expired"];

/** How many of those who work here lack what keeps them off the rota. */
const summary = (people) =>
  h(
    "p",
    { class: "lead" },
    t("training.summary", {
      count: people.filter((each) => each.gaps.length).length,
      all: people.length,
      lacking: people.flatMap((each) => each.cells).filter((one) => OVER.includes(one.standing)).length,
    }),
  );

function recordForm({ api, draft, home }, { staff, courses }, done) {
  const form = makeForm({
    fields: {
      person: choiceField({
        label: t("training.person"),
        options: [...staff.values()].map((each) => ({
          value: each.user_id,
          label: each.name ?? t("care.unknown"),
        })),
      }),
      course: choiceField({
        label: t("training.course"),
        options: courses
          .filter((course) => course.is_active)
          .map((course) => ({ value: course.id, label: course.title })),
      }),
      on: dayField({ label: t("training.completed_on"), max: dayAt(Date.now(), home.zone) }),
    },
    action: t("training.record"),
    draft: draft(`training ${home.id}`),
    parameters: { p_user_id: "person", p_course_id: "course", p_completed_on: "on" },
    submit: ({ person, course, on }) =>
      api.call("record_training", { p_user_id: person, p_course_id: course, p_completed_on: on }),
    done,
  });
  form.setAttribute("aria-label", t("training.record"));
  return h("details", {}, h("summary", {}, t("training.record")), form);
}

async function everybody(context) {
  const { api, home, session } = context;
  const [staff, courses] = await Promise.all([
    staffAt(api, home),
    api.rows("training_courses", (query) => query.order("title")),
  ]);
  const place = h("div", {});
  const renew = async () => {
    const people = await readAll(api, "get_training_matrix", { p_site_id: home.id }, "p_after", "user_id");
    place.replaceChildren(
      ...(people.some((each) => each.cells.length)
        ? [summary(people), matrix(people, { staff, courses })]
        : [h("p", {}, t("training.nothing_asked"))]),
    );
  };
  await renew();
  const recorded = async () => {
    announce(t("training.recorded"));
    await renew();
    focusOn(place);
  };
  return [
    h("h2", {}, t("training.everybody", { home: home.name })),
    place,
    hasRole(session, RECORDERS) && recordForm(context, { staff, courses }, recorded),
  ].filter(Boolean);
}

/** What is asked of oneself. */
async function own({ api }) {
  const mine = await api.call("get_staff_compliance");
  if (!mine.length) return h("p", {}, t("training.nothing_of_you"));
  return table({
    caption: t("training.mine"),
    columns: [t("training.what"), t("training.standing"), t("training.rota")],
    rows: mine.map((one) => [
      one.title ?? (hasText(`staff_check_kind.${one.code}`) ? t(`staff_check_kind.${one.code}`) : one.code),
      cell(one),
      t(one.blocks_rostering ? "training.needed" : "training.not_needed"),
    ]),
  });
}

const overseen = atHome(everybody, { asksPurpose: false });

export default {
  id: "training",
  feature: "care_homes",
  roles: CARE_TEAM,
  isWide: true,
  async show(context) {
    const mine = own(context).catch((refusal) => {
      // Who is no member of staff is asked for nothing; the matrix is there all the same.
      if (refusal.code === "not_found") return h("p", {}, t("training.nothing_of_you"));
      throw refusal;
    });
    const all = hasRole(context.session, OVERSEERS) ? await overseen(context) : [];
    return [all, h("h2", {}, t("training.mine")), await mine].flat();
  },
};

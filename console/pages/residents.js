// Those who live here, and of each what is planned, noted and given. Residents and relatives find what they may know.

import { announce, focusOn, h, notice } from "../lib/dom.js";
import { working } from "../lib/buttons.js";
import { atHome, formatWhen, momentAt, nameOf, namesAt, namesOf, readAll, staffAt } from "../lib/care.js";
import { checkField, choiceField, makeForm, momentField, numberField, textField } from "../lib/form.js";
import { growingList, PAGE } from "../lib/more.js";
import { refusalNotice } from "../lib/refusals.js";
import { CARE_TEAM, CARERS, FAMILY, hasRole } from "../lib/session.js";
import { formatDate, formatNumber, t } from "../lib/texts.js";

const OWN = "patient_request"; // what residents and relatives read for
// Who signs for medicines; others look.
const SIGNERS = ["manager", "nurse", "clinician", "carer"];
const READERS = [...SIGNERS, "care_manager", "org_owner", "compliance_lead"];
// From, to, step; what is not there is not measured.
const MEASURED = {
  fluid_intake: [1, 5000, 1],
  fluid_output: [1, 5000, 1],
  food: [0, 100, 1],
  weight: [10, 500, 0.1],
  bowel: [1, 7, 1],
  sleep: [1, 1440, 1],
  activity: [1, 1440, 1],
};
const KINDS = [
  "general",
  "personal_care",
  "fluid_intake",
  "fluid_output",
  "food",
  "repositioning",
  "weight",
  "bowel",
  "sleep",
  "night_check",
  "mood",
  "activity",
  "visit",
];

const tag = (text) => h("span", { class: "tag" }, text);

/** A part of the page; what cannot be read is said in its place, and leaves the others alone. */
async function part(title, read) {
  const inside = h("div", {});
  const fill = async () => {
    try {
      inside.replaceChildren(...[await read()].flat(Infinity).filter(Boolean));
    } catch (refusal) {
      inside.replaceChildren(refusalNotice(refusal, fill));
    }
  };
  await fill();
  return h("section", {}, h("h2", {}, title), inside);
}

// What is planned -----------------------------------------------------------------------------------------------------

function acknowledging({ api, session }, version, acknowledged) {
  if (!hasRole(session, CARERS)) return null;
  if (acknowledged.has(version.id)) return h("p", { class: "by" }, t("residents.acknowledged"));
  const messages = h("div", {});
  const work = async () => {
    await api.call("acknowledge_care_plan", { p_version_id: version.id });
    announce(t("residents.acknowledged"));
    place.replaceChildren(h("p", { class: "by" }, t("residents.acknowledged")));
  };
  const place = h("div", {}, messages, h("p", {}, working(t("residents.acknowledge"), work, messages)));
  return place;
}

async function plans(context, id) {
  const { api, session, purpose } = context;
  const isStaff = hasRole(session, CARE_TEAM);
  const versions = await api.rows("care_plan_versions", (query) =>
    query.eq("resident_id", id).eq("status", "active").order("plan_type"),
  );
  if (!versions.length) return h("p", {}, t(isStaff ? "residents.no_plans" : "residents.nothing"));
  const ids = versions.map((version) => version.id);
  const [contents, read, reviews] = await Promise.all([
    api.call("open_care_plan_versions", { p_ids: ids, p_purpose: purpose }),
    isStaff
      ? api.rows("care_plan_acknowledgements", (query) =>
          query.in("care_plan_version_id", ids).eq("acknowledged_by", session.user.id),
        )
      : [],
    isStaff
      ? api.rows("care_plan_reviews", (query) => query.eq("resident_id", id).eq("status", "scheduled"))
      : [],
  ]);
  const opened = new Map(contents.map((each) => [each.id, each.content]));
  const acknowledged = new Set(read.map((each) => each.care_plan_version_id));
  const dueOn = new Map(reviews.map((each) => [each.care_plan_id, each.due_on]));
  const plan = (version) => {
    const due = dueOn.get(version.care_plan_id);
    const words = ["needs", "goals", "interventions"]
      .filter((name) => opened.get(version.id)?.[name])
      .map((name) => [
        h("h4", {}, t(`residents.${name}`)),
        h("p", { class: "said" }, opened.get(version.id)[name]),
      ]);
    return h(
      "details",
      { class: "card" },
      h(
        "summary",
        {},
        h("h3", {}, t(`care_plan_type.${version.plan_type}`)),
        tag(t(`care_plan_risk_level.${version.risk_level}`)),
      ),
      words,
      h(
        "p",
        { class: "by" },
        t("residents.version", {
          number: version.version_number,
          day: formatDate(version.published_at.slice(0, 10)),
        }),
        due && ` ${t("residents.review", { day: formatDate(due) })}`,
      ),
      acknowledging(context, version, acknowledged),
    );
  };
  return versions.map(plan);
}

// What was noted ------------------------------------------------------------------------------------------------------

const measure = (note) =>
  note.measured_value === null
    ? ""
    : t(`daily_note_unit.${note.kind}`, { value: formatNumber(note.measured_value) });

function noteItem(note, { home, staff, session }) {
  const by =
    note.recorded_by &&
    (note.recorded_by === session.user.id ? t("care.you") : nameOf(staff, note.recorded_by));
  return h(
    "li",
    { class: "card" },
    h(
      "h3",
      {},
      t(`daily_note_kind.${note.kind}`),
      note.measured_value !== null && ` ${measure(note)}`,
      note.is_shared && staff && tag(t("residents.shared")),
      note.is_for_handover && staff && tag(t("residents.for_handover")),
    ),
    note.note && h("p", { class: "said" }, note.note),
    h("p", { class: "by" }, [formatWhen(note.occurred_at, home.zone), by].filter(Boolean).join(" · ")),
  );
}

function noteForm({ api, draft, home }, id, done) {
  const kind = choiceField({
    label: t("residents.kind"),
    options: KINDS.map((value) => ({ value, label: t(`daily_note_kind.${value}`) })),
    value: "general",
  });
  const place = h("div", {});
  const values = new Map(
    Object.entries(MEASURED).map(([name, [min, max, step]]) => [
      name,
      numberField({ label: t(`daily_note_measure.${name}`), min, max, step, value: "", isRequired: false }),
    ]),
  );
  const measured = () => values.get(kind.read());
  // One field whose question follows what the note is about.
  const value = {
    element: place,
    label: t("residents.kind"),
    read: () => measured()?.read() ?? null,
    write: (number) => measured()?.write(number ?? ""),
    say: (text) => measured()?.say(text),
    check: () => measured()?.check() ?? null,
    focus: () => (measured() ?? kind).focus(),
  };
  const follow = () => place.replaceChildren(...[measured()?.element].filter(Boolean));
  const form = makeForm({
    fields: {
      kind,
      value,
      note: textField({ label: t("residents.words"), max: 4000, isRequired: false }),
      at: momentField({
        label: t("residents.at"),
        hint: t("residents.at_hint", { home: home.name }),
        isRequired: false,
      }),
      isShared: checkField({ label: t("residents.share"), hint: t("residents.share_hint") }),
      isForHandover: checkField({ label: t("residents.handover") }),
    },
    action: t("residents.record"),
    draft: draft(`note ${id}`),
    parameters: { p_measured_value: "value", p_note: "note", p_occurred_at: "at", p_kind: "kind" },
    submit: (typed) =>
      api.call("record_daily_note", {
        p_resident_id: id,
        p_kind: typed.kind,
        p_note: typed.note.trim() || null,
        p_measured_value: typed.value,
        p_occurred_at: typed.at ? momentAt(...typed.at.split("T"), home.zone) : null,
        p_is_shared: typed.isShared,
        p_is_for_handover: typed.isForHandover,
      }),
    done,
  });
  kind.element.addEventListener("change", follow);
  follow();
  value.write(draft(`note ${id}`).value);
  form.setAttribute("aria-label", t("residents.record"));
  return form;
}

async function notes(context, id, staff) {
  const { api, session, purpose } = context;
  const place = h("div", {});
  const asked = { p_resident_id: id, p_purpose: purpose, p_limit: PAGE };
  const read = (last) => api.call("list_resident_notes", { ...asked, ...(last && { p_before: last.id }) });
  const show = (rows) => rows.map((note) => noteItem(note, { ...context, staff }));
  const renew = async () =>
    place.replaceChildren(
      ...(await growingList({ first: await read(), read, show, otherwise: t("residents.no_notes") })),
    );
  await renew();
  if (!hasRole(session, CARERS)) return place;
  const messages = h("div", {});
  const done = async () => {
    messages.replaceChildren(notice("good", h("p", {}, t("residents.recorded"))));
    announce(t("residents.recorded"));
    form.replaceWith((form = noteForm(context, id, done)));
    await renew().catch((refusal) => place.replaceChildren(refusalNotice(refusal, renew)));
    focusOn(messages);
  };
  let form = noteForm(context, id, done);
  return [h("details", {}, h("summary", {}, t("residents.write")), form), messages, place];
}

// What is given -------------------------------------------------------------------------------------------------------

const dose = (details) => [details?.name, details?.dose].filter(Boolean).join(": ");

function asNeeded(order, context, renew) {
  const { api, draft, home, session } = context;
  const isPossible = !order.held_back_by;
  const form =
    hasRole(session, SIGNERS) &&
    isPossible &&
    makeForm({
      fields: { reason: textField({ label: t("residents.why_given"), max: 1000 }) },
      action: t("residents.give"),
      draft: draft(`as needed ${order.order_id}`),
      parameters: { p_reason: "reason" },
      // One key for each thing that was given, however often the tap is repeated.
      submit: ({ reason }) => {
        const kept = draft(`as needed ${order.order_id}`);
        kept.key ??= crypto.randomUUID();
        return api.call("record_as_needed", {
          p_order_id: order.order_id,
          p_reason: reason.trim(),
          p_request_key: kept.key,
        });
      },
      done: (made) => {
        announce(t(made.status === "awaiting_witness" ? "round.awaits" : "residents.given"));
        void renew();
      },
    });
  if (form) form.setAttribute("aria-label", `${t("residents.give")}: ${order.details?.name ?? ""}`);
  return h(
    "li",
    { class: "card" },
    h(
      "h3",
      {},
      dose(order.details),
      tag(t("residents.as_needed")),
      order.is_controlled && tag(t("round.controlled")),
    ),
    h("p", {}, order.details?.indication),
    h(
      "p",
      { class: "by" },
      isPossible
        ? t("residents.possible_now")
        : t(`held_back_by.${order.held_back_by}`, { when: formatWhen(order.possible_at, home.zone) }),
    ),
    form,
  );
}

async function medicines(context, id) {
  const { api, session, purpose } = context;
  if (!hasRole(session, READERS)) {
    const names = await api.call("list_linked_medication", { p_resident_id: id, p_purpose: purpose });
    const line = (each) =>
      h(
        "li",
        { class: "card" },
        h("p", {}, each.medication_name, each.is_as_needed && tag(t("residents.as_needed"))),
      );
    return names.length ? h("ul", { class: "plain" }, names.map(line)) : h("p", {}, t("residents.nothing"));
  }
  const place = h("div", {});
  const renew = async () => {
    const [orders, needed] = await Promise.all([
      api.rows("medication_orders", (query) =>
        query.eq("resident_id", id).eq("status", "active").eq("is_as_needed", false).order("id"),
      ),
      readAll(api, "list_as_needed_orders", { p_resident_id: id, p_purpose: purpose }, "p_after", "order_id"),
    ]);
    const opened = orders.length
      ? await api.call("open_medication_orders", {
          p_ids: orders.map((order) => order.id),
          p_purpose: purpose,
        })
      : [];
    const details = new Map(opened.map((each) => [each.id, each.details]));
    const regular = (order) =>
      h(
        "li",
        { class: "card" },
        h("h3", {}, dose(details.get(order.id)), order.is_controlled && tag(t("round.controlled"))),
        h(
          "p",
          { class: "by" },
          [
            t(`medication_route.${order.route}`),
            (order.times_of_day ?? []).map((time) => time.slice(0, 5)).join(", "),
          ]
            .filter(Boolean)
            .join(" · "),
        ),
        details.get(order.id)?.instructions && h("p", { class: "said" }, details.get(order.id).instructions),
      );
    const items = [...orders.map(regular), ...needed.map((order) => asNeeded(order, context, renew))];
    place.replaceChildren(
      items.length ? h("ul", { class: "plain" }, items) : h("p", {}, t("residents.no_medicines")),
    );
  };
  await renew();
  return place;
}

async function incidents({ api }, id) {
  const rows = await api.call("get_resident_incidents", { p_resident_id: id });
  const item = (each) =>
    h(
      "li",
      { class: "card" },
      h("p", {}, t(`incident_kind.${each.kind}`), tag(t(`incident_status.${each.status}`))),
      h("p", { class: "by" }, formatDate(each.occurred_on)),
    );
  return rows.length ? h("ul", { class: "plain" }, rows.map(item)) : h("p", {}, t("residents.nothing"));
}

// The pages -----------------------------------------------------------------------------------------------------------

const heading = (name, where) =>
  h("h2", { class: "who" }, name, where && h("span", { class: "by" }, ` ${where}`));

async function oneResident(context, id) {
  const { api, home, purpose } = context;
  const [resident] = await api.rows("residents", (query) => query.eq("id", id));
  if (!resident) return notice("plain", h("p", {}, t("residents.gone")));
  const at = context.homes.find((each) => each.id === resident.site_id) ?? home;
  const inside = { ...context, home: at };
  const [people, staff, beds] = await Promise.all([
    namesOf(api, [id], purpose),
    staffAt(api, at),
    readAll(api, "get_occupancy_board", { p_site_id: at.id }, "p_after_bed_id", "bed_id"),
  ]);
  const bed = beds.find((each) => each.resident_id === id);
  // Shown together: what comes later would move what is read already.
  const parts = await Promise.all(
    [
      part(t("residents.plan"), () => plans(inside, id)),
      part(t("residents.notes"), () => notes(inside, id, staff)),
      hasRole(context.session, READERS) && part(t("residents.medicines"), () => medicines(inside, id)),
    ].filter(Boolean),
  );
  return [
    h("p", {}, h("a", { href: "#/residents" }, t("residents.back"))),
    heading(nameOf(people, id), [at.name, bed?.room_name, bed?.bed_name].filter(Boolean).join(", ")),
    ...parts,
  ];
}

async function list({ api, home, purpose }) {
  const people = [...(await namesAt(api, home, purpose)).values()];
  if (!people.length) return h("p", {}, t("residents.none"));
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const where = (each) => [each.room_name, each.bed_name].filter(Boolean).join(", ");
  people.sort((one, other) => order.compare(where(one), where(other)));
  return h(
    "ul",
    { class: "plain rooms" },
    people.map((each) =>
      h(
        "li",
        { class: "room" },
        h("h2", {}, h("a", { href: `#/residents/${each.id}` }, each.preferred_name ?? t("care.unknown"))),
        h(
          "p",
          { class: "by" },
          where(each) || t("residents.no_bed"),
          each.status === "on_leave" && tag(t("bed_state.on_leave")),
        ),
      ),
    ),
  );
}

const forStaff = atHome((context) =>
  context.args[0] ? oneResident(context, context.args[0]) : list(context),
);

/** What somebody may know of themselves or of a relative; the server knows how far that goes. */
async function forFamily(context) {
  const { api } = context;
  const people = await api.rows("residents", (query) => query.order("id").limit(50));
  if (!people.length) return notice("plain", h("p", {}, t("residents.nobody_shares")));
  const [opened, organizations] = await Promise.all([
    namesOf(
      api,
      people.map((each) => each.id),
      OWN,
    ),
    api.rows("organizations"),
  ]);
  const zone = organizations[0]?.time_zone ?? "UTC";
  const inside = { ...context, purpose: OWN, home: { zone } };
  const about = ({ id }) => [
    heading(nameOf(opened, id)),
    part(t("residents.plan"), () => plans(inside, id)),
    part(t("residents.notes"), () => notes(inside, id, null)),
    part(t("residents.medicines"), () => medicines(inside, id)),
    part(t("residents.incidents"), () => incidents(inside, id)),
  ];
  return [
    h("p", { class: "lead" }, t("residents.family_lead")),
    ...(await Promise.all(people.flatMap(about))),
  ];
}

export default {
  id: "residents",
  feature: "care_homes",
  roles: [...CARE_TEAM, ...FAMILY],
  show: (context) => (hasRole(context.session, CARE_TEAM) ? forStaff(context) : forFamily(context)),
};

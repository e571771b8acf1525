// What a home keeps of each medicine: what came and went, what was counted, and what did not fit. Of a controlled drug
// nothing counts until a second person has signed.

import { ask } from "../lib/dialog.js";
import { announce, h } from "../lib/dom.js";
import { atHome, formatWhen, nameOf, namesAt, readAll, staffAt } from "../lib/care.js";
import { checkField, choiceField, numberField, textField } from "../lib/form.js";
import { keys, MEDICATION_READERS, options, SIGNERS, signing, witnessing } from "../lib/medication.js";
import { hasRole } from "../lib/session.js";
import { formatNumber, t } from "../lib/texts.js";

const KEEPERS = ["manager", "nurse", "clinician"];
const ANSWERERS = ["manager", "care_manager"];
const KINDS = ["received", "returned", "destroyed"];
const MOST = 999_999;

const amount = (quantity, unit) => `${formatNumber(quantity)} ${unit}`;

/** The dialogs that write. What they write has a key, so that it is not written twice after a lost connection. */
function dialogs({ api, names, show }) {
  const done = (text) => {
    announce(text);
    void show();
  };
  const write = (title, fields, action, parameters, call, said) => {
    const keyOf = keys();
    ask({
      title,
      fields,
      action,
      parameters,
      submit: async (values) => {
        await call(values, keyOf(JSON.stringify(values)));
        done(t(said));
      },
    });
  };
  return {
    move: (stock, title) =>
      write(
        title,
        {
          kind: choiceField({
            label: t("cupboard.kind"),
            options: options(KINDS, (value) => t(`stock_movement_kind.${value}`)),
          }),
          quantity: numberField({
            label: t("cupboard.quantity", { unit: stock.unit }),
            min: 0.001,
            max: MOST,
            step: "any",
            value: "",
          }),
          note: textField({ label: t("cupboard.note"), max: 500, isRequired: false }),
        },
        t("cupboard.record"),
        { p_kind: "kind", p_quantity: "quantity", p_note: "note" },
        ({ kind, quantity, note }, key) =>
          api.call("record_stock_movement", {
            p_stock_id: stock.stock_id,
            p_kind: kind,
            p_request_key: key,
            p_quantity: quantity,
            p_note: note.trim() || null,
          }),
        stock.is_controlled ? "cupboard.awaits" : "cupboard.recorded",
      ),
    count: (stock, title) =>
      write(
        title,
        {
          counted: numberField({
            label: t("cupboard.counted", { unit: stock.unit }),
            hint: t("cupboard.counted_hint"),
            min: 0,
            max: MOST,
            step: "any",
            value: "",
          }),
        },
        t("cupboard.count"),
        { p_counted_quantity: "counted" },
        ({ counted }, key) =>
          api.call("record_stock_count", {
            p_stock_id: stock.stock_id,
            p_counted_quantity: counted,
            p_request_key: key,
          }),
        stock.is_controlled ? "cupboard.awaits" : "cupboard.recorded",
      ),
    explain: (gap, title) =>
      write(
        title,
        { explanation: textField({ label: t("cupboard.explanation"), max: 2000 }) },
        t("cupboard.explain"),
        { p_explanation: "explanation" },
        ({ explanation }) =>
          api.call("resolve_medication_discrepancy", {
            p_id: gap.id,
            p_status: "explained",
            p_explanation: explanation.trim(),
          }),
        "cupboard.explained",
      ),
    begin: (home) =>
      write(
        t("cupboard.begin"),
        {
          name: textField({ label: t("cupboard.name"), hint: t("cupboard.name_hint"), max: 200 }),
          whose: choiceField({
            label: t("cupboard.whose"),
            options: [
              ...[...names.values()].map((each) => ({ value: each.id, label: nameOf(names, each.id) })),
              { value: "home", label: t("cupboard.remedy") },
            ],
          }),
          unit: textField({ label: t("cupboard.unit"), hint: t("cupboard.unit_hint"), max: 30 }),
          isControlled: checkField({ label: t("cupboard.is_controlled") }),
          reorder: numberField({
            label: t("cupboard.reorder"),
            min: 0.001,
            max: MOST,
            step: "any",
            value: "",
            isRequired: false,
          }),
        },
        t("cupboard.begin"),
        {
          p_name: "name",
          p_resident_id: "whose",
          p_unit: "unit",
          p_is_controlled: "isControlled",
          p_reorder_quantity: "reorder",
        },
        ({ name, whose, unit, isControlled, reorder }, key) =>
          api.call("create_medication_stock", {
            p_name: name.trim(),
            p_unit: unit.trim(),
            p_is_controlled: isControlled,
            p_reorder_quantity: reorder,
            p_request_key: key,
            ...(whose === "home" ? { p_resident_id: null, p_site_id: home.id } : { p_resident_id: whose }),
          }),
        "cupboard.begun",
      ),
  };
}

/** A line that asks something of somebody: its words, and what can be done. */
function asking({ home, show }, title, said, content) {
  const messages = h("div", {});
  const button = signing(messages, home.zone, show);
  return h(
    "li",
    { class: "card" },
    h("h3", {}, title),
    h("p", { class: "by" }, said),
    messages,
    content(button),
  );
}

function waiting(context, stocks, movements, counts) {
  const { home, show, staff } = context;
  const line = (each, title, sign) =>
    asking(
      context,
      title,
      t("cupboard.signed_by", {
        name: nameOf(staff, each.recorded_by),
        when: formatWhen(each.occurred_at ?? each.counted_at, home.zone),
      }),
      (button) =>
        witnessing(context, button, { id: each.id, by: each.recorded_by, sign }, title, () => void show()),
    );
  const lines = [
    ...movements.map((each) => {
      const stock = stocks.get(each.stock_id);
      const parameters = { medicine: stock.title, amount: amount(Math.abs(each.quantity), stock.unit) };
      const words = each.quantity > 0 ? "cupboard.came_in" : "cupboard.went_out";
      return line(each, t(words, parameters), "witness_stock_movement");
    }),
    ...counts.map((each) => {
      const stock = stocks.get(each.stock_id);
      const parameters = { medicine: stock.title, amount: amount(each.counted_quantity, stock.unit) };
      return line(each, t("cupboard.was_counted", parameters), "witness_stock_count");
    }),
  ];
  return lines.length ? [h("h2", {}, t("cupboard.waiting")), h("ul", { class: "plain" }, lines)] : [];
}

/** What was counted and is not what should be there: explained by who answers for the home, then put right. */
function gaps(context, stocks, found, adjusted, open) {
  const { api, session, show } = context;
  const line = (gap) => {
    const stock = stocks.get(gap.stock_id);
    const words = gap.difference > 0 ? "cupboard.too_much" : "cupboard.too_little";
    const title = t(words, { medicine: stock.title, amount: amount(Math.abs(gap.difference), stock.unit) });
    const keyOf = keys();
    const adjust = async () => {
      await api.call("record_stock_movement", {
        p_stock_id: gap.stock_id,
        p_kind: "adjusted",
        p_request_key: keyOf("adjust"),
        p_discrepancy_id: gap.id,
      });
      announce(t(stock.is_controlled ? "cupboard.awaits" : "cupboard.recorded"));
      void show();
    };
    return asking(context, title, t(`discrepancy_status.${gap.status}`), (button) =>
      h(
        "p",
        { class: "buttons" },
        gap.status !== "explained" &&
          hasRole(session, ANSWERERS) &&
          button(t("cupboard.explain"), title, () => open.explain(gap, title)),
        gap.status !== "open" &&
          hasRole(session, KEEPERS) &&
          button(t("cupboard.adjust"), title, adjust, "main"),
      ),
    );
  };
  const lines = found.filter((gap) => !adjusted.has(gap.id)).map(line);
  return lines.length ? [h("h2", {}, t("cupboard.gaps")), h("ul", { class: "plain" }, lines)] : [];
}

function stockLine({ home, names, session, show }, stock, open) {
  const messages = h("div", {});
  const button = signing(messages, home.zone, show);
  const whose = stock.resident_id ? nameOf(names, stock.resident_id) : t("cupboard.remedy");
  return h(
    "li",
    { class: "card" },
    h(
      "h3",
      {},
      stock.title,
      stock.is_controlled && h("span", { class: "tag" }, t("round.controlled")),
      stock.is_low && h("span", { class: "tag late" }, t("cupboard.low")),
    ),
    h("p", {}, h("strong", {}, amount(stock.quantity, stock.unit)), ` (${whose})`),
    Number(stock.awaiting_witness) !== 0 &&
      h("p", { class: "by" }, t("cupboard.unsigned", { amount: amount(stock.awaiting_witness, stock.unit) })),
    messages,
    hasRole(session, SIGNERS) &&
      h(
        "p",
        { class: "buttons" },
        button(t("cupboard.record"), stock.title, () => open.move(stock, stock.title)),
        button(t("cupboard.count"), stock.title, () => open.count(stock, stock.title)),
      ),
  );
}

async function cupboard(context) {
  const { api, home, purpose, session } = context;
  const of = (query) => query.eq("site_id", home.id);
  const [stocks, movements, counts, found, staff, names] = await Promise.all([
    readAll(api, "list_medication_stock", { p_site_id: home.id, p_purpose: purpose }, "p_after", "stock_id"),
    api.rows("medication_stock_movements", (query) =>
      of(query).eq("status", "awaiting_witness").neq("kind", "administered").order("occurred_at").limit(200),
    ),
    api.rows("medication_stock_counts", (query) =>
      of(query).eq("status", "awaiting_witness").order("counted_at").limit(200),
    ),
    api.rows("medication_discrepancies", (query) => of(query).order("id", { ascending: false }).limit(200)),
    staffAt(api, home),
    namesAt(api, home, purpose),
  ]);
  const settled = found.length
    ? await api.rows("medication_stock_movements", (query) =>
        query
          .in(
            "discrepancy_id",
            found.map((each) => each.id),
          )
          .neq("status", "declined"),
      )
    : [];
  const order = new Intl.Collator(document.documentElement.lang);
  const named = stocks
    .map((each) => ({ ...each, title: each.name ?? t("care.unknown") }))
    .sort((one, other) => order.compare(one.title, other.title));
  const byId = new Map(named.map((each) => [each.stock_id, each]));
  const known = (rows) => rows.filter((each) => byId.has(each.stock_id));
  const inside = { ...context, staff, names };
  const open = dialogs(inside);
  const begin = h(
    "button",
    { type: "button", class: "main", onclick: () => open.begin(home) },
    t("cupboard.begin"),
  );
  return [
    ...waiting(inside, byId, known(movements), known(counts)),
    ...gaps(inside, byId, known(found), new Set(settled.map((each) => each.discrepancy_id)), open),
    h("h2", {}, t("cupboard.kept")),
    named.length
      ? h(
          "ul",
          { class: "plain" },
          named.map((stock) => stockLine(inside, stock, open)),
        )
      : h("p", {}, t("cupboard.none")),
    hasRole(session, KEEPERS) && h("p", { class: "buttons" }, begin),
  ];
}

export default {
  id: "cupboard",
  feature: "care_homes",
  roles: MEDICATION_READERS,
  show: atHome(cupboard),
};

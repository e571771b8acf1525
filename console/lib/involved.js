// Who had to do with an incident: residents, colleagues, and others by name. A field of a form.

import { announce, h, uniqueId } from "./dom.js";
import { t } from "./texts.js";

const ROLES = ["involved", "witness", "informed"];
const MOST = 20;
const OTHER = "other";

/** @param {{ label: string, hint: string, residents: Map, staff: Map }} options names by id */
export function involvedField({ label, hint, residents, staff }) {
  let people = [];
  const ids = { role: uniqueId("role"), person: uniqueId("person"), name: uniqueId("name") };
  const role = h(
    "select",
    { id: ids.role },
    ROLES.map((value) => h("option", { value }, t(`incident_person_role.${value}`))),
  );
  const group = (name, of, kind, nameOf) =>
    h(
      "optgroup",
      { label: name },
      [...of.entries()].map(([id, each]) => h("option", { value: `${kind} ${id}` }, nameOf(each))),
    );
  const person = h(
    "select",
    { id: ids.person },
    group(
      t("involved.residents"),
      residents,
      "resident_id",
      (each) => each.preferred_name ?? t("care.unknown"),
    ),
    group(t("involved.staff"), staff, "staff_id", (each) => each.name ?? t("care.unknown")),
    h("option", { value: OTHER }, t("involved.other")),
  );
  const name = h("input", { id: ids.name, type: "text", maxlength: 200, autocomplete: "off" });
  const nameRow = h("div", { class: "field" }, h("label", { for: ids.name }, t("involved.name")), name);
  const list = h("ul", { class: "plain" });
  const note = h("p", { class: "hint", id: uniqueId("hint") }, hint);
  const error = h("p", { class: "error", id: uniqueId("error"), hidden: true });

  const say = (text) => {
    error.textContent = text ?? "";
    error.hidden = !text;
  };
  const named = (each) =>
    residents.get(each.resident_id)?.preferred_name ??
    staff.get(each.staff_id)?.name ??
    each.name ??
    t("care.unknown");
  const words = (each) =>
    t("involved.line", { name: named(each), role: t(`incident_person_role.${each.role}`) });
  const changed = () => {
    element.dispatchEvent(new Event("input", { bubbles: true }));
    fill();
  };
  const add = () => {
    if (people.length >= MOST) return;
    const isOther = person.value === OTHER;
    if (isOther && !name.value.trim()) {
      say(t("form.required", { label: t("involved.name") }));
      name.focus();
      return;
    }
    const [kind, id] = isOther ? ["name", name.value.trim()] : person.value.split(" ");
    const made = { role: role.value, [kind]: id };
    if (!people.some((each) => JSON.stringify(each) === JSON.stringify(made))) people = [...people, made];
    name.value = "";
    say(null);
    announce(words(made));
    changed();
  };
  const remove = (each) => {
    people = people.filter((one) => one !== each);
    changed();
    role.focus();
  };
  const fill = () =>
    list.replaceChildren(
      ...people.map((each) =>
        h(
          "li",
          { class: "listed" },
          words(each),
          h(
            "button",
            {
              type: "button",
              class: "small",
              "aria-label": t("involved.remove", { name: named(each) }),
              onclick: () => remove(each),
            },
            t("action.remove"),
          ),
        ),
      ),
    );
  const follow = () => (nameRow.hidden = person.value !== OTHER);
  person.addEventListener("change", follow);
  const row = (id, text, input) => h("div", { class: "field" }, h("label", { for: id }, text), input);
  const element = h(
    "fieldset",
    { class: "field", "aria-describedby": `${note.id} ${error.id}` },
    h("legend", {}, label),
    note,
    row(ids.person, t("involved.who"), person),
    nameRow,
    row(ids.role, t("involved.role"), role),
    error,
    h("p", {}, h("button", { type: "button", onclick: add }, t("involved.add"))),
    list,
  );
  follow();
  return {
    element,
    label,
    read: () => people,
    write: (known) => {
      people = known ?? [];
      fill();
    },
    say,
    check: () => (name.value.trim() ? t("involved.not_added") : null),
    focus: () => person.focus(),
  };
}

// Forms: labels, hints and what is wrong, each where it belongs, for every field in the same way.

import { announce, focusOn, h, notice, uniqueId } from "./dom.js";
import { Refusal, refusalNotice, sentence } from "./refusals.js";
import { t } from "./texts.js";

function field({ label, hint, inputs, read, write, wrong, wrap }) {
  const error = h("p", { class: "error", id: uniqueId("error"), hidden: true });
  const note = hint && h("p", { class: "hint", id: uniqueId("hint") }, hint);
  const element = wrap(label, note, error);
  const described = [note?.id, error.id].filter(Boolean).join(" ");
  const target = element.tagName === "FIELDSET" ? element : inputs[0];
  target.setAttribute("aria-describedby", described);
  const say = (text) => {
    error.textContent = text ?? "";
    error.hidden = !text;
    for (const input of inputs)
      text ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  };
  element.addEventListener("input", () => say(null));
  return {
    element,
    label,
    read,
    write,
    say,
    check: () => wrong?.(read()) ?? null,
    focus: () => inputs[0].focus(),
  };
}

const labelled = (input) => (label, note, error) =>
  h("div", { class: "field" }, h("label", { for: input.id }, label), note, input, error);

/** A number from `min` to `max`, or none. */
export function numberField({ label, hint, min, max, step = 1, value = 0, isRequired = true }) {
  const id = uniqueId("number");
  const input = h("input", {
    id,
    type: "number",
    inputmode: "decimal",
    min,
    max,
    step,
    value,
    autocomplete: "off",
  });
  const wrong = (number) => {
    if (number === null && !isRequired) return null;
    const isWrong = number === null || Number.isNaN(number) || number < min || number > max;
    return isWrong ? t("form.number", { label, min, max }) : null;
  };
  const read = () => (input.value === "" ? null : Number(input.value));
  return field({
    label,
    hint,
    inputs: [input],
    read,
    write: (number) => (input.value = number),
    wrong,
    wrap: labelled(input),
  });
}

/** One of some options: `{ value, label }`. */
export function choiceField({ label, hint, options, value = "", isRequired = true }) {
  const input = h("select", { id: uniqueId("choice"), required: isRequired });
  const empty = value ? [] : [h("option", { value: "" }, t("form.choose"))];
  input.append(...empty, ...options.map((each) => h("option", { value: each.value }, each.label)));
  const write = (chosen) => (input.value = chosen);
  write(value);
  const wrong = (chosen) => (isRequired && !chosen ? t("form.required", { label }) : null);
  return field({
    label,
    hint,
    inputs: [input],
    read: () => input.value,
    write,
    wrong,
    wrap: labelled(input),
  });
}

/** Yes or no. */
export function checkField({ label, hint, value = false }) {
  const input = h("input", { id: uniqueId("check"), type: "checkbox" });
  input.checked = value;
  const wrap = (text, note, error) =>
    h("div", { class: "field check" }, input, h("div", {}, h("label", { for: input.id }, text), note, error));
  return field({
    label,
    hint,
    inputs: [input],
    read: () => input.checked,
    write: (on) => (input.checked = on),
    wrap,
  });
}

/** Any number of some options, or none: `{ value, label }`. */
export function checksField({ label, hint, options, value = [] }) {
  const inputs = options.map((each) =>
    h("input", { type: "checkbox", value: each.value, id: uniqueId("check") }),
  );
  const write = (chosen) => inputs.forEach((input) => (input.checked = chosen.includes(input.value)));
  write(value);
  const rows = options.map((each, place) =>
    h("div", { class: "option" }, inputs[place], h("label", { for: inputs[place].id }, each.label)),
  );
  const wrap = (text, note, error) =>
    h(
      "fieldset",
      { class: "field" },
      h("legend", {}, text),
      note,
      h("div", { class: "options" }, rows),
      error,
    );
  return field({
    label,
    hint,
    inputs,
    read: () => inputs.filter((input) => input.checked).map((input) => input.value),
    write,
    wrap,
  });
}

/** A text of some lines. */
export function textField({ label, hint, max, isRequired = true, value = "" }) {
  const input = h("textarea", { id: uniqueId("text"), rows: 5, maxlength: max, required: isRequired });
  input.value = value;
  const wrong = (text) => (isRequired && !text.trim() ? t("form.required", { label }) : null);
  const write = (text) => (input.value = text);
  return field({
    label,
    hint,
    inputs: [input],
    read: () => input.value,
    write,
    wrong,
    wrap: labelled(input),
  });
}

const timeField = (type) =>
  function makeTimeField({ label, hint, value = "", max, isRequired = true }) {
    const input = h("input", { id: uniqueId("time"), type, max, required: isRequired });
    input.value = value;
    return field({
      label,
      hint,
      inputs: [input],
      read: () => input.value,
      write: (text) => (input.value = text),
      wrong: (text) => (isRequired && !text ? t("form.required", { label }) : null),
      wrap: labelled(input),
    });
  };

/** A day and time as a clock on the wall shows it, such as "2026-03-01T07:30". */
export const momentField = timeField("datetime-local");

/** A day, such as "2026-03-01". */
export const dayField = timeField("date");

/** A code of so many digits, as an authenticator app shows it. */
export function codeField({ label, hint, digits, wrong }) {
  const input = h("input", {
    id: uniqueId("code"),
    type: "text",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: digits + 1, // some write a space in the middle
    required: true,
  });
  const read = () => input.value.replaceAll(/\s/g, "");
  return field({
    label,
    hint,
    inputs: [input],
    read,
    write: (text) => (input.value = text),
    wrong: (code) => (code.length === digits && /^[0-9]+$/.test(code) ? null : wrong),
    wrap: labelled(input),
  });
}

/**
 * One of a few answers as radio buttons, side by side when `isScale`. Arrow keys move as in every radio group; on a
 * scale of numbers a digit picks (0 is ten).
 */
export function radioField({ label, hint, options, value, isScale = false, isRequired = true, ends }) {
  const name = uniqueId("radio");
  const inputs = options.map((each) =>
    h("input", { type: "radio", name, value: each.value, id: uniqueId("option") }),
  );
  const write = (chosen) => inputs.forEach((input) => (input.checked = input.value === String(chosen)));
  const read = () => inputs.find((input) => input.checked)?.value ?? null;
  if (value !== undefined && value !== null) write(value);
  const cells = options.map((each, place) =>
    h(
      "div",
      { class: "option" },
      inputs[place],
      h("label", { for: inputs[place].id }, each.label, each.hint && h("span", { class: "hint" }, each.hint)),
    ),
  );
  const wrap = (text, note, error) => {
    const legend = h("legend", {}, text);
    const group = h("div", { class: isScale ? "scale" : "options" }, cells);
    const words =
      ends &&
      h("div", { class: "ends", "aria-hidden": true }, h("span", {}, ends[0]), h("span", {}, ends[1]));
    return h(
      "fieldset",
      { class: "field", role: "radiogroup", "aria-required": isRequired ? "true" : null },
      legend,
      note,
      group,
      words,
      error,
    );
  };
  const made = field({
    label,
    hint,
    inputs,
    read,
    write,
    wrong: (chosen) => (isRequired && chosen === null ? t("form.required", { label }) : null),
    wrap,
  });
  made.focus = () => (inputs.find((input) => input.checked) ?? inputs[0]).focus();
  made.element.addEventListener("keydown", (event) => {
    if (!isScale || !/^[0-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    const picked = inputs.find((input) => input.value === (event.key === "0" ? "10" : event.key));
    if (!picked) return;
    picked.focus();
    picked.checked = true;
    picked.dispatchEvent(new Event("input", { bubbles: true }));
    event.preventDefault();
  });
  return made;
}

/** The numbers `from` to `to` as options of a scale. */
export const numbers = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, place) => ({
    value: String(from + place),
    label: String(from + place),
  }));

/**
 * A form of fields by name. `submit(values)` does the work; while it runs the button waits, and when it is refused
 * everything typed stays. What is typed is kept in `draft`, a plain object, and comes back from it.
 *
 * @param {object} options
 * @param {Record<string, object>} options.fields
 * @param {string} options.action what the button says
 * @param {(values: object) => Promise<unknown>} options.submit
 * @param {(answer: unknown) => unknown} [options.done] what follows on what `submit` answered, once the draft is empty;
 *   the button waits for it, too
 * @param {object} [options.draft] kept by the session in memory; emptied when `submit` went well
 * @param {Record<string, string>} [options.parameters] RPC parameter to field, where the database names one
 * @param {(refusal: Error) => boolean} [options.refused] true: it has been dealt with
 */
export function makeForm({
  fields,
  action,
  submit,
  done = () => {},
  draft = {},
  parameters = {},
  refused = () => false,
  extra = [],
}) {
  const messages = h("div", { class: "messages" });
  const button = h("button", { type: "submit", class: "main" }, action);
  const form = h(
    "form",
    { novalidate: true },
    Object.values(fields).map((each) => each.element),
    messages,
    h("p", { class: "buttons" }, button, extra),
  );
  for (const [name, each] of Object.entries(fields)) if (name in draft) each.write(draft[name]);
  form.addEventListener("input", () => {
    for (const [name, each] of Object.entries(fields)) draft[name] = each.read();
  });

  const firstWrong = () => {
    let first = null;
    for (const each of Object.values(fields)) {
      const wrong = each.check();
      each.say(wrong);
      if (wrong) first ??= [each, wrong];
    }
    return first;
  };

  const explain = (refusal) => {
    const { field, link_id: linkId } = refusal instanceof Refusal ? refusal.details : {};
    const named = fields[parameters[field] ?? linkId];
    if (named) {
      named.say(sentence(refusal));
      named.focus();
    }
    messages.replaceChildren(refusalNotice(refusal));
    if (!named) focusOn(messages.firstChild);
  };

  // Whoever is told here that something went wrong does it again, so it is said that it did not: the work is done.
  const finish = async (answer) => {
    for (const name of Object.keys(draft)) delete draft[name];
    try {
      await done(answer);
    } catch (error) {
      messages.replaceChildren(notice("bad", h("p", {}, t("form.saved_not_shown"))));
      if (!(error instanceof Refusal)) reportError(error);
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return; // twice in a hurry is once
    const wrong = firstWrong();
    messages.replaceChildren();
    if (wrong) {
      wrong[0].focus();
      announce(wrong[1]);
      return;
    }
    button.setAttribute("aria-disabled", "true"); // disabled would drop the focus
    try {
      const values = Object.entries(fields).map(([name, each]) => [name, each.read()]);
      await finish(await submit(Object.fromEntries(values)));
    } catch (refusal) {
      if (!refused(refusal)) explain(refusal);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return form;
}

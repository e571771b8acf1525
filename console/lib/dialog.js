// What is asked over the page: something to fill in, or whether to do what cannot be taken back.

import { working } from "./buttons.js";
import { h, uniqueId } from "./dom.js";
import { makeForm } from "./form.js";
import { t } from "./texts.js";

/** Show a dialog. It closes with Escape, gives focus back to where it was, and leaves nothing behind. */
export function openDialog(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/** A dialog that its heading names, not open yet. */
export function titledDialog(title, ...children) {
  const id = uniqueId("dialog");
  return h("dialog", { "aria-labelledby": id }, h("h2", { id }, title), ...children);
}

/** The button that closes the dialog it is in. */
export const closeButton = (text = t("action.cancel"), kind = "quiet") =>
  h(
    "button",
    { type: "button", class: kind, onclick: (event) => event.currentTarget.closest("dialog").close() },
    text,
  );

/** Ask for something to be filled in: a form of `form.js`, with a way out. `done` is called when it has been taken. */
export function ask({ title, done = () => {}, ...form }) {
  const filled = makeForm({
    ...form,
    extra: closeButton(),
    done: (answer) => {
      dialog.close();
      return done(answer);
    },
  });
  const dialog = openDialog(titledDialog(title, filled));
  filled.querySelector("select, input, textarea").focus();
}

/** Ask before something that cannot be taken back. Whoever only presses Enter has chosen not to. */
export function askWhether({ title, text, stay, action, work }) {
  const messages = h("div", {});
  const go = working(action, () => work().then(() => dialog.close()), messages);
  const not = closeButton(stay, "main");
  const dialog = titledDialog(title, h("p", {}, text), messages, h("p", { class: "buttons" }, not, go));
  openDialog(dialog);
  not.focus();
}

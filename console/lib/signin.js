// Signing in, and signing in again without losing what was typed.

import { openDialog } from "./dialog.js";
import { announce, h, uniqueId } from "./dom.js";
import { Refusal, sentence } from "./refusals.js";
import { t } from "./texts.js";

function inputRow({ label, ...attributes }) {
  const id = uniqueId("signin");
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h("input", { id, required: true, ...attributes }),
  );
}

/**
 * @param {object} options
 * @param {(user: object) => Promise<void>} options.done what follows
 * @param {string} [options.email] whose password is asked for, when nobody else may sign in here
 */
export function signInForm({ api, done, email }) {
  const emailRow = inputRow({
    label: t("signin.email"),
    type: "email",
    name: "email",
    autocomplete: "username",
    inputmode: "email",
    value: email ?? "",
    readonly: Boolean(email),
  });
  const passwordRow = inputRow({
    label: t("signin.password"),
    type: "password",
    name: "password",
    autocomplete: "current-password",
  });
  const [address, password] = [emailRow, passwordRow].map((row) => row.querySelector("input"));
  const error = h("p", { class: "error", role: "alert", id: uniqueId("error") });
  password.setAttribute("aria-describedby", error.id);
  const button = h("button", { type: "submit", class: "main" }, t("signin.action"));
  const form = h(
    "form",
    { novalidate: true },
    emailRow,
    passwordRow,
    error,
    h("p", { class: "buttons" }, button),
  );

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    const missing = [address, password].find((input) => !input.value.trim());
    if (missing) {
      error.textContent = t("signin.missing");
      missing.focus();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    error.textContent = "";
    announce(t("frame.wait"));
    try {
      await done(await api.signIn(address.value.trim(), password.value));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) console.error(refusal);
      error.textContent = sentence(refusal);
      password.select();
      password.focus();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return form;
}

/**
 * The server has ended the session: cover the page, and let the same person go on where they were. Anybody else starts
 * over, with nothing left of the one before.
 *
 * @returns {Promise<void>} the same person is signed in again, in the same organization
 */
export function askAgain({ api, session, leave }) {
  return new Promise((resolve) => {
    const done = async (user) => {
      if (user.id !== session.user.id) return leave("out");
      // A new session begins in the person's default organization: what was typed is for the one before.
      if (session.organization)
        await api.call("switch_organization", { p_org_id: session.organization.org_id });
      dialog.close();
      return resolve();
    };
    const form = signInForm({ api, email: session.user.email, done });
    const over = h(
      "button",
      { type: "button", class: "quiet", onclick: () => leave("out") },
      t("signin.other"),
    );
    const dialog = h("dialog", {
      "aria-labelledby": "again-title",
      "aria-describedby": "again-text",
      class: "cover",
    });
    form.querySelector(".buttons").append(over);
    dialog.append(
      h("h2", { id: "again-title" }, t("signin.again_title")),
      h("p", { id: "again-text" }, t("signin.again_text")),
      form,
    );
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    openDialog(dialog);
    form.querySelector('input[type="password"]').focus();
  });
}

// Nobody there: on a shared computer the next person must not find the last one's session.

import { closeButton, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const WARN_SECONDS = 60;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];

/**
 * Warn a minute before `minutes` without a sign of life are over, then call `leave`; tell the server now and then
 * that somebody works here, since reading alone is no sign to it.
 *
 * @returns {() => void} ends the watch
 */
export function watchIdle({ minutes, leave, tellServer }) {
  const limit = minutes * 60_000;
  let seen = Date.now();
  let told = Date.now();
  let warning = null;

  const sign = () => {
    // What comes back from sleep is late for its own warning: the limit counts, not the timer.
    if (Date.now() - seen >= limit) return;
    seen = Date.now();
    if (seen - told < limit / 3) return;
    told = seen;
    void tellServer();
  };

  const warn = () => {
    const stay = closeButton(t("idle.stay"), "main");
    const title = h("h2", { id: "idle-title" }, t("idle.title"));
    const text = h("p", { id: "idle-text" }, t("idle.text", { count: Math.min(WARN_SECONDS, limit / 1000) }));
    warning = h("dialog", { "aria-labelledby": title.id, "aria-describedby": text.id, role: "alertdialog" });
    warning.append(title, text, h("p", { class: "buttons" }, stay));
    warning.addEventListener("close", () => {
      warning = null;
      sign();
    });
    openDialog(warning);
  };

  const look = () => {
    const quiet = Date.now() - seen;
    if (quiet >= limit) leave();
    else if (quiet >= limit - Math.min(WARN_SECONDS * 1000, limit / 2) && !warning) warn();
  };

  // Under the warning, only its button or Escape is an answer: a mouse that trembles is not.
  const signUnlessWarned = () => warning ?? sign();
  for (const name of SIGNS) addEventListener(name, signUnlessWarned, { passive: true });
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(look, Math.min(1000, limit / 10));
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    for (const name of SIGNS) removeEventListener(name, signUnlessWarned);
  };
}

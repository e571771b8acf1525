// Buttons that do something: once in a hurry, and what the server refuses is said beside them.

import { announce, focusOn, h, notice } from "./dom.js";
import { refusalNotice } from "./refusals.js";

/** A button that works: once in a hurry, and what is refused is said in `messages`. */
export function working(text, work, messages, attributes = {}) {
  const button = h(
    "button",
    {
      type: "button",
      ...attributes,
      onclick: async () => {
        if (button.getAttribute("aria-disabled") === "true") return;
        button.setAttribute("aria-disabled", "true");
        messages.replaceChildren();
        try {
          await work();
        } catch (refusal) {
          messages.replaceChildren(refusalNotice(refusal));
          focusOn(messages.firstChild);
        } finally {
          button.removeAttribute("aria-disabled");
        }
      },
    },
    text,
  );
  return button;
}

const DOUBLE_TAP_MS = 400;
const aMoment = () => new Promise((resolve) => setTimeout(resolve, DOUBLE_TAP_MS));

/**
 * Buttons of one thing, of which one works at a time. Meanwhile all of them wait and show it, also those that are drawn
 * anew under the finger: the second tap of a double tap is for none of them, and no other tap is lost in silence.
 *
 * @param {Element} messages where it is said what was refused
 * @param {(refusal: Error) => Element} noticeOf how
 * @returns a maker of buttons: what one does, for what, the work, a class
 */
export function oneAtATime(messages, noticeOf) {
  const buttons = new Set();
  let isBusy = false;
  const wait = (isWaiting) => {
    isBusy = isWaiting;
    for (const each of buttons) {
      if (isWaiting) each.setAttribute("aria-disabled", "true");
      else each.removeAttribute("aria-disabled");
      if (!isWaiting && !each.isConnected) buttons.delete(each);
    }
  };
  const press = async (work) => {
    if (isBusy) return;
    wait(true);
    const moment = aMoment();
    messages.replaceChildren();
    try {
      await work();
    } catch (refusal) {
      messages.replaceChildren(noticeOf(refusal));
      focusOn(messages.firstChild);
    } finally {
      await moment;
      wait(false);
    }
  };
  return (text, title, work, kind) => {
    const button = h(
      "button",
      {
        type: "button",
        class: kind,
        "aria-label": `${text}: ${title}`,
        "aria-disabled": isBusy ? "true" : null,
        onclick: () => press(work),
      },
      text,
    );
    buttons.add(button);
    return button;
  };
}

/** Say what was done, to who listens and to who looks. */
export function say(messages, words) {
  announce(words);
  messages.replaceChildren(notice("good", h("p", {}, words)));
}

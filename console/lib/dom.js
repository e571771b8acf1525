// Elements from calls. Text is always text: nothing here reads a string as markup.

/**
 * An element: `h("a", { href: "#/x", class: "quiet", onclick: go }, "Go")`.
 *
 * Names that begin with "on" are listeners; true sets an attribute, false, null and undefined leave it out.
 */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A name for an id that nothing else on the page has. */
export const uniqueId = (() => {
  let last = 0;
  return (prefix) => `${prefix}-${++last}`;
})();

/** Put the keyboard on something that is no control, such as a heading. */
export function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

// One live region for the whole life of the page: a region that comes with its text is not read out everywhere.
const region = h("div", { role: "status", "aria-live": "polite", class: "unseen" });

/** Have a screen reader say this; sighted people read it where it is written. */
export function announce(text) {
  if (!region.isConnected) document.body.append(region);
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/** A line about what happened: "good", "bad" or "plain". It says itself to screen readers when it is put in place. */
export function notice(kind, ...children) {
  return h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : null }, ...children);
}

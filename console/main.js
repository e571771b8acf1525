// From an empty page to the console: sign-in, frame, menu, and one page at a time.

import { makeApi } from "./lib/api.js";
import { crisisButton, loadCrisisLines } from "./lib/crisis.js";
import { announce, focusOn, h, notice } from "./lib/dom.js";
import { watchIdle } from "./lib/idle.js";
import { refusalNotice } from "./lib/refusals.js";
import { loadSession, mayOpen } from "./lib/session.js";
import { askAgain, signInForm } from "./lib/signin.js";
import { loadTexts, t } from "./lib/texts.js";
import { pages } from "./pages/index.js";

const app = document.getElementById("app");
const main = h("main", { id: "main", tabindex: "-1" });

let config;
let api;
let session;
let menu = []; // the pages that are open to this session
let isAsking = false; // what is open to this session
let endWatch = () => {};
let left = new AbortController(); // aborted when the shown page is left

/** Forget everything: nothing of this person may be left in memory, so the page is loaded anew. */
function leave(reason) {
  const goodbye = session ? api.signOut() : Promise.resolve();
  app.replaceChildren();
  for (const dialog of document.querySelectorAll("dialog")) dialog.remove();
  void Promise.race([goodbye, new Promise((done) => setTimeout(done, 2000))]).then(() => {
    history.replaceState(null, "", `#/bye/${reason}`);
    location.reload();
  });
}

function parsedHash() {
  const [, id = "", ...args] = location.hash.split("/");
  return { id, args };
}

function go(id, ...args) {
  const hash = `#/${[id, ...args].join("/")}`;
  if (location.hash === hash) void show();
  else location.hash = hash;
}

// The frame ---------------------------------------------------------------------------------------------------------

const link = (page, current) =>
  h(
    "li",
    {},
    h(
      "a",
      { href: `#/${page.id}`, "aria-current": page.id === current ? "page" : null },
      t(`page.${page.id}.menu`),
    ),
  );

const nav = h("nav");

function showMenu(current) {
  nav.setAttribute("aria-label", t("frame.menu"));
  nav.replaceChildren(
    h(
      "ul",
      {},
      menu.map((page) => link(page, current)),
    ),
  );
}

function showFrame() {
  const skip = h("a", { class: "skip", href: "#main", onclick: skipToMain }, t("frame.skip"));
  const where = h("p", { class: "where" }, session.organization?.name ?? t("account.nowhere"));
  const out = h("button", { type: "button", class: "quiet", onclick: () => leave("out") }, t("account.out"));
  const head = h(
    "header",
    { class: "frame" },
    crisisButton(),
    skip,
    h("div", { class: "brand" }, h("p", {}, t("frame.name")), where),
    out,
  );
  app.replaceChildren(head, nav, main);
}

function skipToMain(event) {
  event.preventDefault(); // the hash is the page's address
  main.focus();
}

const openPages = () => pages.filter((page) => mayOpen(page, session));

// One page at a time ------------------------------------------------------------------------------------------------

async function show() {
  const { id, args } = parsedHash();
  const page = menu.find((each) => each.id === id) ?? (pages.some((each) => each.id === id) ? null : menu[0]);
  left.abort();
  left = new AbortController();
  const { signal } = left;
  const title = t(page ? `page.${page.id}.title` : "page.closed.title");
  const heading = h("h1", {}, title);
  document.title = `${title} · ${t("frame.name")}`;
  showMenu(page?.id);
  main.setAttribute("aria-busy", "true");
  const body = h("div", { class: "page" }, h("p", { class: "waiting" }, t("frame.wait")));
  // Made anew each time: what is there already does not move.
  main.replaceChildren(h("div", { class: page?.isWide ? "spacious" : null }, heading, body));
  scrollTo(0, 0);
  focusOn(heading);
  const context = {
    api,
    session,
    args,
    signal,
    go,
    show,
    reload: enter,
    leave,
    draft: (name) => (session.drafts[name] ??= {}),
  };
  try {
    const content = page ? await page.show(context) : notice("plain", h("p", {}, t("page.closed.text")));
    if (signal.aborted) return;
    body.replaceChildren(...[content].flat());
  } catch (refusal) {
    if (signal.aborted) return;
    body.replaceChildren(refusalNotice(refusal, show));
  } finally {
    if (!signal.aborted) main.removeAttribute("aria-busy");
  }
}

/** What is open may have changed: ask again, and leave what is on the page, and was typed there, alone. */
async function renewMenu() {
  if (isAsking) return; // what is refused meanwhile is the answer
  isAsking = true;
  try {
    const { drafts, chosen } = session;
    session = { ...(await loadSession(api, session.user)), drafts, chosen };
    menu = openPages();
    showMenu(parsedHash().id);
  } catch {
    // What went wrong has been said where it was asked for.
  } finally {
    isAsking = false;
  }
}

// In and out --------------------------------------------------------------------------------------------------------

/** Someone is signed in, or has switched: learn everything anew and begin on the first page. */
async function enter(user = session.user, { keepPlace = false } = {}) {
  isAsking = true;
  try {
    const [loaded] = await Promise.all([loadSession(api, user), loadCrisisLines(api)]);
    session = { ...loaded, drafts: {}, chosen: {} }; // what was typed and chosen was for where one was
    menu = openPages();
  } finally {
    isAsking = false;
  }
  api.onceSignedOut(() => askAgain({ api, session, leave }));
  api.onRefusal((refusal) => {
    if (["feature_disabled", "permission_denied", "mfa_required"].includes(refusal.code)) void renewMenu();
  });
  if (!keepPlace) history.replaceState(null, "", "#/");
  showFrame();
  await show();
  endWatch();
  endWatch = watch();
}

function watch() {
  const minutes = Math.min(config.idle_minutes ?? 10, session.idleMinutes || Infinity);
  return watchIdle({
    minutes,
    leave: () => leave("idle"),
    tellServer: () => api.call("touch_session").catch(() => {}),
  });
}

function showSignIn() {
  const { id, args } = parsedHash();
  const reason = id === "bye" && ["out", "idle"].includes(args[0]) ? args[0] : null;
  document.title = `${t("signin.title")} · ${t("frame.name")}`;
  const heading = h("h1", {}, t("signin.title"));
  const form = signInForm({ api, done: (user) => enter(user, { keepPlace: !reason && id !== "" }) });
  main.replaceChildren(
    heading,
    h("div", { class: "page narrow" }, reason && notice("plain", h("p", {}, t(`signin.${reason}`))), form),
  );
  const head = h(
    "header",
    { class: "frame" },
    crisisButton(),
    h("div", { class: "brand" }, h("p", {}, t("frame.name"))),
  );
  app.replaceChildren(head, main);
  if (reason) announce(t(`signin.${reason}`));
  form.querySelector("input").focus();
}

addEventListener("hashchange", () => session && void show());
addEventListener("offline", () => announce(t("refusal.network")));
addEventListener("beforeunload", (event) => {
  const isTyped = Object.values(session?.drafts ?? {}).some((draft) => Object.keys(draft).length > 0);
  if (isTyped && app.hasChildNodes()) event.preventDefault();
});

async function start() {
  const [answer] = await Promise.all([fetch("config.json"), loadTexts("en")]);
  config = await answer.json();
  api = makeApi({
    url: config.api_url ?? location.origin,
    key: config.publishable_key,
    hasRealtime: config.has_realtime === true,
  });
  showSignIn();
}

await start();

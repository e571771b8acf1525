// Who lives where: homes, rooms, beds. Whoever may moves people, by drag, or from a menu with the keyboard or a finger;
// both end in the same question, because records go where somebody lives.

import { closeButton, openDialog, titledDialog } from "../lib/dialog.js";
import { announce, focusOn, h, notice } from "../lib/dom.js";
import { atHome, namesAt, nameOf, readAll } from "../lib/care.js";
import { choiceField, makeForm } from "../lib/form.js";
import { refusalNotice } from "../lib/refusals.js";
import { CARE_TEAM, hasRole, PLANNERS } from "../lib/session.js";
import { formatDay, t } from "../lib/texts.js";

const TAKEN = ["occupied", "on_leave"];

const readBoard = (api, home) =>
  readAll(api, "get_occupancy_board", { p_site_id: home.id }, "p_after_bed_id", "bed_id");

const place = (bed) => t("beds.place", { room: bed.room_name, bed: bed.bed_name });

/** Ask whether and where to; the server says whether it can be. */
function askToMove(context, { resident, name, from, to, moved }) {
  const { api, homes } = context;
  const fill = async () => {
    const boards = await Promise.all(homes.map((home) => readBoard(api, home)));
    const free = homes.flatMap((home, number) =>
      boards[number]
        .filter((bed) => bed.state === "vacant")
        .map((bed) => ({ value: bed.bed_id, label: `${home.name}: ${place(bed)}` })),
    );
    if (!free.length) return h("p", {}, t("beds.none_free"));
    const isFree = free.some((each) => each.value === to?.bed_id);
    const form = makeForm({
      fields: {
        bed: choiceField({
          label: t("beds.to"),
          hint: t("beds.to_hint"),
          options: free,
          value: isFree ? to.bed_id : "",
        }),
      },
      action: t("beds.move"),
      parameters: { p_bed_id: "bed" },
      extra: closeButton(),
      submit: ({ bed }) => api.call("transfer_resident", { p_resident_id: resident, p_bed_id: bed }),
      done: (stay) => {
        dialog.close();
        moved(stay);
      },
    });
    if (to && !isFree)
      form.prepend(notice("bad", h("p", {}, t("beds.no_longer_free", { place: place(to) }))));
    return form;
  };
  const body = h("div", {}, h("p", { class: "waiting" }, t("frame.wait")));
  const dialog = titledDialog(
    t("beds.move_title", { name }),
    h("p", {}, t("beds.from", { place: place(from) })),
    body,
  );
  openDialog(dialog);
  fill()
    .then((form) => {
      body.replaceChildren(form);
      (form.querySelector("select") ?? dialog).focus();
    })
    .catch((refusal) => body.replaceChildren(refusalNotice(refusal)));
}

function bedItem(bed, { names, mayMove, ask, drag }) {
  const isTaken = TAKEN.includes(bed.state) && bed.resident_id;
  const name = isTaken && nameOf(names, bed.resident_id);
  const item = h(
    "li",
    { class: `bed ${bed.state}`, draggable: isTaken && mayMove ? "true" : null, "data-bed": bed.bed_id },
    h("p", { class: "by" }, bed.bed_name, " ", h("span", { class: "tag" }, t(`bed_state.${bed.state}`))),
    isTaken && h("p", {}, h("a", { href: `#/residents/${bed.resident_id}` }, name)),
    bed.planned_end_at &&
      h("p", { class: "by" }, t("beds.until", { day: formatDay(bed.planned_end_at.slice(0, 10)) })),
    bed.next_starts_at &&
      h("p", { class: "by" }, t("beds.kept", { day: formatDay(bed.next_starts_at.slice(0, 10)) })),
    isTaken &&
      mayMove &&
      h(
        "button",
        {
          type: "button",
          class: "small",
          "aria-label": t("beds.move_name", { name }),
          onclick: () => ask(bed),
        },
        t("beds.move"),
      ),
  );
  if (mayMove) {
    if (isTaken) item.addEventListener("dragstart", (event) => drag.start(event, bed));
    item.addEventListener("dragover", (event) => drag.over(event, bed, item));
    item.addEventListener("dragleave", () => item.classList.remove("over"));
    item.addEventListener("drop", (event) => drag.drop(event, bed, item));
  }
  return item;
}

function rooms(board, options) {
  const byRoom = new Map();
  for (const bed of board) byRoom.set(bed.room_id, [...(byRoom.get(bed.room_id) ?? []), bed]);
  return h(
    "ul",
    { class: "plain rooms" },
    [...byRoom.values()].map((beds) =>
      h(
        "li",
        { class: "room" },
        h("h3", {}, beds[0].room_name, beds[0].room_floor && h("span", { class: "tag" }, beds[0].room_floor)),
        h(
          "ul",
          { class: "plain" },
          beds.map((bed) => bedItem(bed, options)),
        ),
      ),
    ),
  );
}

function counts(figures) {
  const parts = [
    t("beds.taken", { count: figures.occupied_count, beds: figures.bed_count }),
    t("beds.free", { count: figures.vacant_count }),
  ];
  if (figures.closed_count) parts.push(t("beds.closed", { count: figures.closed_count }));
  if (figures.reserved_count) parts.push(t("beds.reserved", { count: figures.reserved_count }));
  if (figures.overstay_count) parts.push(t("beds.without", { count: figures.overstay_count }));
  if (figures.waiting_count) parts.push(t("beds.waiting", { count: figures.waiting_count }));
  return parts.join(", ");
}

async function board(context) {
  const { api, homes, home: first, session, purpose } = context;
  const mayMove = hasRole(
    session,
    PLANNERS.filter((role) => role !== "admin"),
  );
  const messages = h("div", {});
  const sections = new Map();
  let dragged = null; // the bed whose resident is on the way, and their name

  const move = (home, names, bed, to) => {
    const name = nameOf(names, bed.resident_id);
    const moved = async (stay) => {
      announce(t("beds.moved", { name }));
      await Promise.all([...new Set([home.id, stay.bed_site_id])].map((id) => sections.get(id)?.renew()));
      messages.replaceChildren(notice("good", h("p", {}, t("beds.moved", { name }))));
      const item = document.querySelector(`[data-bed="${stay.bed_id}"] button`);
      if (item) item.focus();
      else focusOn(messages);
    };
    askToMove(context, { resident: bed.resident_id, name, from: bed, to, moved });
  };

  const drag = {
    over(event, bed, item) {
      if (!dragged || dragged.bed.bed_id === bed.bed_id) return;
      event.preventDefault();
      item.classList.add("over");
    },
    drop(event, bed, item) {
      event.preventDefault();
      item.classList.remove("over");
      const { home, names, bed: from } = dragged;
      dragged = null;
      messages.replaceChildren();
      if (bed.state === "vacant") return move(home, names, from, bed);
      const words = t("beds.not_free", { place: place(bed), state: t(`bed_state.${bed.state}`) });
      return messages.replaceChildren(notice("bad", h("p", {}, words)));
    },
  };

  const section = (home) => {
    const inside = h("div", {});
    const line = h("span", { class: "by" }, counts(home.figures));
    const renew = async () => {
      try {
        const [beds, names, [figures]] = await Promise.all([
          readBoard(api, home),
          namesAt(api, home, purpose),
          api.rows("occupancy", (query) => query.eq("site_id", home.id)),
        ]);
        line.textContent = counts(figures);
        const start = (event, bed) => {
          dragged = { home, names, bed };
          event.dataTransfer.effectAllowed = "move";
          event.dataTransfer.setData("text/plain", bed.bed_id);
        };
        const options = { names, mayMove, ask: (bed) => move(home, names, bed), drag: { ...drag, start } };
        inside.replaceChildren(beds.length ? rooms(beds, options) : h("p", {}, t("beds.no_beds")));
      } catch (refusal) {
        inside.replaceChildren(refusalNotice(refusal, renew));
      }
    };
    const element = h("details", { class: "home" }, h("summary", {}, h("h2", {}, home.name), line), inside);
    element.addEventListener("toggle", () => {
      if (!element.open || sections.get(home.id).isRead) return;
      sections.get(home.id).isRead = true;
      void renew();
    });
    sections.set(home.id, { isRead: false, renew: () => (sections.get(home.id).isRead ? renew() : null) });
    return element;
  };

  const elements = homes.map(section);
  elements[homes.indexOf(first)].open = true;
  sections.get(first.id).isRead = true;
  await sections.get(first.id).renew();
  return [mayMove && h("p", { class: "hint" }, t("beds.how")), messages, ...elements].filter(Boolean);
}

export default {
  id: "beds",
  feature: "care_homes",
  roles: ["admin", ...CARE_TEAM],
  isWide: true,
  show: atHome(board, { picksHome: false }),
};

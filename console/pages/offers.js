// Help that is offered to me, and help that I ask for. Who learns of it is mine to say, each time.

import { working } from "../lib/buttons.js";
import { announce, focusOn, h, notice } from "../lib/dom.js";
import { openCrisis } from "../lib/crisis.js";
import { makeForm, radioField } from "../lib/form.js";
import { refusalNotice } from "../lib/refusals.js";
import { PROVIDERS } from "../lib/session.js";
import { formatDay, formatLongDay, t } from "../lib/texts.js";

const OCCASIONS = ["traumatic_event", "patient_death", "violence", "error", "other"];

const button = (text, onclick, kind) => h("button", { type: "button", class: kind, onclick }, text);

function asked(made) {
  if (made.told_count === 0) openCrisis();
  return notice(
    made.told_count === 0 ? "bad" : "good",
    h("h2", {}, t(made.told_count === 0 ? "offers.nobody" : "offers.asked")),
    made.told_count > 0 && h("p", {}, t("offers.told", { count: made.told_count })),
    made.told_count > 0 &&
      h("p", {}, t(made.is_shared ? "offers.named" : "offers.unnamed", { day: formatLongDay(made.due_on) })),
  );
}

/** Two taps: after what, and whether by name. */
function askForColleague({ api, renew }) {
  const messages = h("div", {});
  const place = h("div", {});
  const title = h("h3", {}, t("offers.after_what"));
  const start = () =>
    place.replaceChildren(
      title,
      h(
        "p",
        { class: "buttons" },
        OCCASIONS.map((each) => button(t(`peer_support_occasion.${each}`), () => choose(each))),
      ),
    );
  const send = (occasion, isShared) => async () => {
    const [made] = await api.call("request_peer_support", { p_occasion: occasion, p_share: isShared });
    place.replaceChildren(asked(made));
    if (made.told_count > 0) focusOn(place.querySelector("h2"));
    await renew();
  };
  const choose = (occasion) => {
    const who = h("h3", {}, t("offers.who"));
    place.replaceChildren(
      who,
      h("p", {}, t("offers.who_text", { occasion: t(`peer_support_occasion.${occasion}`) })),
      messages,
      h(
        "p",
        { class: "buttons" },
        working(t("offers.by_name"), send(occasion, true), messages, { class: "main" }),
        working(t("offers.without_name"), send(occasion, false), messages),
        button(t("action.cancel"), start, "quiet"),
      ),
    );
    focusOn(who);
  };
  start();
  return h(
    "section",
    { "aria-labelledby": "ask-colleague" },
    h("h2", { id: "ask-colleague" }, t("offers.ask")),
    h("p", {}, t("offers.ask_text")),
    place,
  );
}

const shareField = () =>
  radioField({
    label: t("offers.share"),
    options: [
      { value: "yes", label: t("offers.share_yes"), hint: t("offers.share_yes_hint") },
      { value: "no", label: t("offers.share_no"), hint: t("offers.share_no_hint") },
    ],
  });

/** A case that still waits for somebody: an offer, or help that has begun. */
function openCase(each, circle, { api, draft, renew }) {
  const messages = h("div", {});
  const then = async (words) => {
    announce(words);
    await renew();
  };
  const end = (text) =>
    working(
      text,
      () => api.call("decline_intervention", { p_id: each.id }).then(() => then(t("offers.declined"))),
      messages,
    );
  const accept = (isShared) =>
    api.call("accept_intervention", { p_id: each.id, p_share_with_helper: isShared });
  const isOffer = each.status === "proposed";
  const isHidden = !each.shared_at;
  const name = t(`intervention_kind.${each.kind}`);
  const card = h(
    "li",
    { class: "card" },
    h("h3", {}, name, h("span", { class: "tag" }, t(`intervention_status.${each.status}`))),
    h("p", {}, t(`intervention_kind_text.${each.kind}`)),
    circle && h("p", {}, t("offers.circle", { name: circle })),
    h(
      "p",
      { class: "by" },
      t(each.owner_id ? "offers.looked_after" : "offers.due", { day: formatDay(each.due_on) }),
    ),
    !isOffer && h("p", { class: "by" }, t(isHidden ? "offers.is_hidden" : "offers.is_shared")),
  );
  if (isOffer) {
    const form = makeForm({
      fields: { share: shareField() },
      action: t("offers.accept"),
      draft: draft(`offer ${each.id}`),
      extra: end(t("offers.decline")),
      submit: ({ share }) => accept(share === "yes").then(() => then(t("offers.accepted"))),
    });
    form.setAttribute("aria-label", name);
    card.append(form, messages);
  } else {
    const share = working(
      t("offers.share_now"),
      () => accept(true).then(() => then(t("offers.is_shared"))),
      messages,
    );
    card.append(messages, h("p", { class: "buttons" }, isHidden && share, end(t("offers.end"))));
  }
  return card;
}

function invitation(each, circle, { api, renew }) {
  const messages = h("div", {});
  const answer = (isAccepted) => async () => {
    await api.call("answer_circle_invitation", { p_invitation_id: each.id, p_accept: isAccepted });
    announce(t(isAccepted ? "offers.seat_taken" : "offers.declined"));
    await renew();
  };
  return h(
    "li",
    { class: "card" },
    h("h3", {}, circle ?? t("offers.some_circle")),
    h("p", {}, t("offers.invited")),
    messages,
    h(
      "p",
      { class: "buttons" },
      working(t("offers.take_seat"), answer(true), messages, { class: "main" }),
      working(t("offers.decline"), answer(false), messages),
    ),
  );
}

const past = (each) =>
  h(
    "li",
    { class: "card" },
    h(
      "h3",
      {},
      t(`intervention_kind.${each.kind}`),
      h("span", { class: "tag" }, t(`intervention_status.${each.status}`)),
    ),
    each.note && h("p", { class: "said" }, each.note),
  );

/** Everything that waits for an answer, and what has ended. */
async function waiting(context) {
  const { api } = context;
  const [cases, invitations, circles] = await Promise.all([
    api.call("get_my_interventions"),
    api.call("get_my_circle_invitations"),
    api.rows("provider_support_circles", (query) => query.order("name").limit(200)),
  ]);
  const names = new Map(circles.map((circle) => [circle.id, circle.name]));
  const open = cases.filter((each) => !each.closed_at);
  const closed = cases.filter((each) => each.closed_at);
  const circleOf = (each) =>
    names.get(invitations.find((one) => one.intervention_id === each.id)?.circle_id) ?? null;
  // An invitation that came with an offer is answered there.
  const others = invitations.filter((one) => !open.some((each) => each.id === one.intervention_id));
  const list = (items) => h("ul", { class: "plain" }, items);
  return [
    h("h2", {}, t("offers.open")),
    open.length || others.length
      ? list([
          ...open.map((each) => openCase(each, circleOf(each), context)),
          ...others.map((one) => invitation(one, names.get(one.circle_id), context)),
        ])
      : h("p", {}, t("offers.none")),
    closed.length > 0 && h("details", {}, h("summary", {}, t("offers.past")), list(closed.map(past))),
  ].filter(Boolean);
}

export default {
  id: "offers",
  feature: "resilience_hub",
  roles: PROVIDERS,
  async show(context) {
    const place = h("div", {});
    const renew = async () => place.replaceChildren(...(await waiting({ ...context, renew })));
    await renew();
    return [h("p", { class: "lead" }, t("offers.lead")), askForColleague({ ...context, renew }), place];
  },
};

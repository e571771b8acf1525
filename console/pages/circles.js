// Support circles: what is said in mine, and that there are others.

import { askWhether } from "../lib/dialog.js";
import { announce, focusOn, h, notice } from "../lib/dom.js";
import { checkField, makeForm, textField } from "../lib/form.js";
import { growingList, PAGE } from "../lib/more.js";
import { formatMoment, t } from "../lib/texts.js";

const meets = (circle) => t(`meeting_frequency.${circle.meeting_frequency}`);

const mine = (members, session) =>
  new Set(
    members
      .filter((each) => each.user_id === session.user.id && each.is_active)
      .map((each) => each.circle_id),
  );

async function overview({ api, session }) {
  const [circles, members] = await Promise.all([
    api.rows("provider_support_circles", (query) => query.order("name").limit(200)),
    api.rows("provider_support_circle_members", (query) => query.eq("user_id", session.user.id)),
  ]);
  const own = mine(members, session);
  const item = (circle) => {
    const name = own.has(circle.id) ? h("a", { href: `#/circles/${circle.id}` }, circle.name) : circle.name;
    return h(
      "li",
      { class: "card" },
      h("h3", {}, name),
      h("p", {}, meets(circle), circle.is_active ? null : ` · ${t("circles.ended")}`),
    );
  };
  const list = (some, otherwise) =>
    some.length ? h("ul", { class: "plain cards" }, some.map(item)) : h("p", {}, otherwise);
  const others = circles.filter((circle) => !own.has(circle.id) && circle.is_active);
  return [
    h("p", { class: "lead" }, t("circles.lead")),
    h("h2", {}, t("circles.mine")),
    list(
      circles.filter((circle) => own.has(circle.id)),
      t("circles.none"),
    ),
    h("h2", {}, t("circles.others")),
    list(others, t("circles.no_others")),
    others.length > 0 && h("p", { class: "hint" }, t("circles.join")),
  ].filter(Boolean);
}

function reflection(each) {
  const by = each.is_anonymous ? t("circles.unnamed") : (each.author_name ?? t("circles.unknown"));
  const when = each.is_anonymous
    ? t("circles.about", { moment: formatMoment(each.created_at) })
    : formatMoment(each.created_at);
  return h(
    "li",
    { class: "card" },
    h("p", { class: "by" }, h("strong", {}, by), " · ", h("time", { datetime: each.created_at }, when)),
    h("p", { class: "said" }, each.reflection_text),
  );
}

const askToLeave = ({ api, circle, go }) =>
  askWhether({
    title: t("circles.leave_title", { name: circle.name }),
    text: t("circles.leave_text"),
    stay: t("circles.stay"),
    action: t("circles.leave_sure"),
    work: async () => {
      await api.call("leave_support_circle", { p_circle_id: circle.id });
      announce(t("circles.left", { name: circle.name }));
      go("circles");
    },
  });

async function oneCircle({ api, args: [id], draft, go }) {
  // Several may have one moment: what is unnamed says only about when it was.
  const after = ({ created_at: at, id: last }) =>
    `created_at.lt."${at}",and(created_at.eq."${at}",id.gt.${last})`;
  const read = (last) =>
    api.rows("support_circle_reflections", (query) => {
      const all = query.eq("circle_id", id).order("created_at", { ascending: false }).order("id");
      return (last ? all.or(after(last)) : all).limit(PAGE);
    });
  const [[circle], reflections] = await Promise.all([
    api.rows("provider_support_circles", (query) => query.eq("id", id)),
    read(),
  ]);
  const back = h("p", {}, h("a", { href: "#/circles" }, t("circles.back")));
  if (!circle) return [notice("plain", h("p", {}, t("circles.gone"))), back];

  const list = h("div", {});
  const show = (some) => some.map(reflection);
  const fill = async (first) =>
    list.replaceChildren(...(await growingList({ first, read, show, otherwise: t("circles.silent") })));
  await fill(reflections);
  const fields = {
    text: textField({ label: t("circles.write"), hint: t("circles.write_hint"), max: 4000 }),
    isAnonymous: checkField({ label: t("circles.anonymous"), hint: t("circles.anonymous_hint") }),
  };
  const form = makeForm({
    fields,
    action: t("circles.send"),
    draft: draft(`circle ${id}`),
    parameters: { p_reflection_text: "text" },
    async submit({ text, isAnonymous }) {
      await api.call("write_reflection", {
        p_circle_id: id,
        p_reflection_text: text,
        p_is_anonymous: isAnonymous,
      });
      fields.text.write("");
      fields.isAnonymous.write(false);
      announce(t("circles.sent"));
      await fill(await read());
      focusOn(list);
    },
  });
  const leave = h(
    "button",
    { type: "button", class: "quiet", onclick: () => askToLeave({ api, circle, go }) },
    t("circles.leave"),
  );
  return [
    back,
    h("h2", {}, circle.name),
    h("p", {}, meets(circle)),
    circle.is_active ? form : notice("plain", h("p", {}, t("circles.ended_text"))),
    h("h2", {}, t("circles.said")),
    list,
    h("p", { class: "buttons" }, leave),
  ];
}

export default {
  id: "circles",
  feature: "resilience_hub",
  show: (context) => (context.args.length ? oneCircle(context) : overview(context)),
};

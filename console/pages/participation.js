// Taking part: nothing is kept of a provider who has not said yes to the text that holds now, and a no acts at once.

import { askWhether } from "../lib/dialog.js";
import { announce, h, notice } from "../lib/dom.js";
import { makeForm, radioField } from "../lib/form.js";
import { prose } from "../lib/prose.js";
import { refusalNotice } from "../lib/refusals.js";
import { PROVIDERS } from "../lib/session.js";
import { t } from "../lib/texts.js";

const LEVELS = ["anonymous", "aggregate_only", "may_be_contacted"];

function state({ level, is_current: isCurrent }) {
  if (!level) return notice("plain", h("p", {}, t("participation.none")));
  const words = h("p", {}, t("participation.now", { level: t(`participation_level.${level}`) }));
  return isCurrent ? notice("good", words) : notice("plain", words, h("p", {}, t("participation.newer")));
}

const text = (policy) => h("section", { class: "policy" }, h("h2", {}, policy.title), prose(policy.body));

function offer(text, type, name) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What the server holds about this person, as a file. */
async function saveFile(api) {
  const held = await api.call("export_my_resilience_data");
  offer(JSON.stringify(held, null, 2), "application/json", "resilience-data.json");
}

/** The same as a table, a value to a row. Some spreadsheets know letters beyond ASCII by the mark before it only. */
async function saveTable(api) {
  offer(`\uFEFF${await api.callForTable("export_my_resilience_rows")}`, "text/csv", "resilience-data.csv");
}

function section(name, buttons) {
  const title = h("h2", {}, t(`participation.${name}_title`));
  return h(
    "section",
    {},
    title,
    h("p", {}, t(`participation.${name}_text`)),
    h("p", { class: "buttons" }, buttons),
  );
}

function ownData({ api, show }, level) {
  const messages = h("div", {});
  const button = (name, work) => h("button", { type: "button", onclick: work }, t(`participation.${name}`));
  const changed = async (name) => {
    await show();
    announce(t(`participation.${name}`));
  };
  const withdraw = () =>
    askWhether({
      title: t("participation.withdraw_title"),
      text: t("participation.withdraw_text"),
      action: t("participation.withdraw"),
      work: () => api.call("withdraw_resilience_consent").then(() => changed("withdrawn")),
    });
  const download = (save) => () =>
    save(api).then(
      () => messages.replaceChildren(),
      (refusal) => messages.replaceChildren(refusalNotice(refusal)),
    );
  const remove = () =>
    askWhether({
      title: t("participation.remove_title"),
      text: t("participation.remove_sure"),
      action: t("participation.remove"),
      work: () =>
        api
          .call("delete_my_resilience_data", { p_confirm: "delete everything" })
          .then(() => changed("removed")),
    });
  return [
    level && section("withdraw", button("withdraw", withdraw)),
    section("download", [
      button("download", download(saveFile)),
      button("download_table", download(saveTable)),
    ]),
    messages,
    section("remove", button("remove", remove)),
  ].filter(Boolean);
}

export default {
  id: "participation",
  feature: "resilience_hub",
  roles: PROVIDERS,
  async show(context) {
    const { api, args: next, draft, go, show } = context;
    const now = await api.call("get_my_participation");
    const version = now.newest_policy_version;
    const [policy] = await api.rows("resilience_policies", (query) => query.eq("version", version));
    const options = LEVELS.map((value) => ({
      value,
      label: t(`participation_level.${value}`),
      hint: t(`participation_level_hint.${value}`),
    }));
    const level = radioField({
      label: t("participation.level"),
      options,
      value: now.level ?? "aggregate_only",
    });
    const form = makeForm({
      fields: { level },
      action: t(now.level ? "participation.change" : "participation.agree"),
      draft: draft("participation"),
      async submit(values) {
        await api.call("give_resilience_consent", { p_level: values.level, p_policy_version: version });
        announce(t("participation.given"));
        // Back to what could not be done without it, with what was typed there.
        if (next.length) go(...next);
        else await show();
      },
    });
    return [
      next.length > 0 && notice("plain", h("p", {}, t("participation.asked"))),
      state(now),
      policy && text(policy),
      form,
      !next.length && ownData(context, now.level),
    ]
      .flat()
      .filter(Boolean);
  },
};

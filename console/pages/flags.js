// Which features are on, for which licences, and how far they are rolled out. For whoever runs the platform.

import { announce, h } from "../lib/dom.js";
import { checkField, choiceField, makeForm, numberField } from "../lib/form.js";
import { t } from "../lib/texts.js";

const TIERS = ["basic", "standard", "premium", "enterprise"];

function state(flag) {
  if (!flag.is_enabled_globally) return t("flags.off");
  return t("flags.on", {
    percent: flag.rollout_percent,
    tier: t(`license_tier.${flag.required_license_tier}`),
  });
}

function card(flag, { api, draft }) {
  const now = h("p", { class: "state" }, state(flag));
  const fields = {
    isOn: checkField({ label: t("flags.is_on"), value: flag.is_enabled_globally }),
    percent: numberField({ label: t("flags.percent"), min: 0, max: 100, value: flag.rollout_percent }),
    tier: choiceField({
      label: t("flags.tier"),
      options: TIERS.map((value) => ({ value, label: t(`license_tier.${value}`) })),
      value: flag.required_license_tier,
    }),
  };
  const form = makeForm({
    fields,
    action: t("flags.save"),
    draft: draft(`flag ${flag.feature_key}`),
    parameters: { p_rollout_percent: "percent" },
    async submit({ isOn, percent, tier }) {
      const saved = await api.call("set_feature_flag", {
        p_feature_key: flag.feature_key,
        p_is_enabled_globally: isOn,
        p_rollout_percent: percent,
        p_required_license_tier: tier,
      });
      now.textContent = state(saved);
      announce(t("flags.saved", { name: flag.feature_name, state: state(saved) }));
    },
  });
  form.setAttribute("aria-label", flag.feature_name);
  form.classList.add("row");
  return h(
    "li",
    { class: "card" },
    h("h2", {}, flag.feature_name),
    now,
    flag.description && h("p", { class: "hint" }, flag.description),
    form,
  );
}

export default {
  id: "flags",
  roles: ["super_admin"],
  async show(context) {
    const flags = await context.api.rows("nurseos_feature_flags", (query) => query.order("feature_key"));
    return [
      h("p", { class: "lead" }, t("flags.lead")),
      h(
        "ul",
        { class: "plain" },
        flags.map((flag) => card(flag, context)),
      ),
    ];
  },
};

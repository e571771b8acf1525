// Who and where I am: switching the organization, signing out.

import { announce, h } from "../lib/dom.js";
import { makeForm, radioField } from "../lib/form.js";
import { refusalNotice } from "../lib/refusals.js";
import { hasText, t } from "../lib/texts.js";

const roleName = (role) => (hasText(`role.${role}`) ? t(`role.${role}`) : role);

function switching({ api, session, reload }) {
  const { organizations, organization } = session;
  const options = organizations.map((each) => ({
    value: each.org_id,
    label: each.name,
    hint: each.roles.map(roleName).join(", "),
  }));
  const fields = {
    place: radioField({ label: t("account.organizations"), options, value: organization?.org_id }),
  };
  return makeForm({
    fields,
    action: t("account.switch"),
    async submit({ place }) {
      await api.call("switch_organization", { p_org_id: place });
      await reload();
      announce(t("account.switched", { name: organizations.find((each) => each.org_id === place).name }));
    },
  });
}

export default {
  id: "account",
  async show(context) {
    const { session, leave } = context;
    const { organization, organizations, refusal } = session;
    const facts = [
      [t("account.name"), session.name],
      [t("account.email"), session.user.email],
      [t("account.organization"), organization?.name ?? t("account.nowhere")],
      [t("account.roles"), (organization?.roles ?? []).map(roleName).join(", ") || "–"],
    ];
    return [
      refusal && refusalNotice(refusal),
      h(
        "dl",
        { class: "facts" },
        facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
      ),
      organizations.length > 1 && switching(context),
      h(
        "p",
        { class: "buttons" },
        h("button", { type: "button", onclick: () => leave("out") }, t("account.out")),
      ),
    ].filter(Boolean);
  },
};

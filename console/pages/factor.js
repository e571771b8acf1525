// The second factor, where the organization asks for one: the code, or what to do without one.

import { announce, h, notice } from "../lib/dom.js";
import { codeField, makeForm } from "../lib/form.js";
import { t } from "../lib/texts.js";

export default {
  id: "factor",
  needsFactor: true,
  async show({ api, session, reload }) {
    const lead = h("p", { class: "lead" }, t("factor.lead", { name: session.organization?.name ?? "" }));
    const elsewhere =
      session.organizations.length > 1 &&
      h("p", {}, t("factor.elsewhere"), " ", h("a", { href: "#/account" }, t("page.account.menu")));
    const [factor] = await api.factors();
    if (!factor) {
      const what = notice("plain", h("p", {}, t("factor.none")), h("p", {}, t("factor.none_do")));
      return [lead, what, elsewhere].filter(Boolean);
    }
    const form = makeForm({
      fields: {
        code: codeField({
          label: t("factor.code"),
          hint: t("factor.code_hint"),
          digits: 6,
          wrong: t("factor.code_wrong"),
        }),
      },
      action: t("factor.action"),
      async submit({ code }) {
        await api.proveFactor(factor.id, code);
        await reload();
        announce(t("factor.done"));
      },
    });
    return [lead, form, elsewhere].filter(Boolean);
  },
};

// Where to turn and what to learn. Crisis lines come first, whatever is looked for.

import { crisisList } from "../lib/crisis.js";
import { h } from "../lib/dom.js";
import { choiceField } from "../lib/form.js";
import { t } from "../lib/texts.js";

const outward = (url) =>
  h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, t("library.open"));

function card({ title, description, url, tags, evidence }) {
  return h(
    "li",
    { class: "card" },
    h("h3", {}, title),
    h(
      "p",
      { class: "tags" },
      tags.filter(Boolean).map((tag) => h("span", { class: "tag" }, tag)),
    ),
    description && h("p", {}, description),
    evidence && h("details", {}, h("summary", {}, t("library.evidence")), h("p", {}, evidence)),
    url && h("p", {}, outward(url)),
  );
}

const moduleCard = (module) =>
  card({
    title: module.title,
    description: module.description,
    url: module.content_url,
    evidence: module.evidence_based ? module.evidence : null,
    tags: [
      t(`category.${module.category}`),
      t(`content_type.${module.content_type}`),
      module.duration_minutes && t("library.minutes", { count: module.duration_minutes }),
    ],
  });

const resourceCard = (resource) =>
  card({
    title: resource.title,
    description: resource.description,
    url: resource.url,
    tags: [t(`category.${resource.category}`), t(`resource_kind.${resource.kind}`), resource.telephone],
  });

function section(title, items) {
  return [
    h("h2", {}, title),
    items.length ? h("ul", { class: "plain cards" }, items) : h("p", {}, t("library.none")),
  ];
}

export default {
  id: "library",
  feature: "resilience_hub",
  async show({ api }) {
    const [modules, resources] = await Promise.all([
      api.call("get_resilience_modules"),
      api.call("get_resilience_resources"),
    ]);
    const categories = [
      ...new Set([...modules, ...resources.filter((each) => !each.is_crisis)].map((each) => each.category)),
    ];
    const options = [
      { value: "all", label: t("library.all") },
      ...categories.sort().map((value) => ({ value, label: t(`category.${value}`) })),
    ];
    const chosen = choiceField({ label: t("library.category"), options, value: "all" });
    const found = h("div", {});
    const fill = () => {
      const fits = (each) => chosen.read() === "all" || each.category === chosen.read();
      found.replaceChildren(
        ...section(t("library.modules"), modules.filter(fits).map(moduleCard)),
        ...section(
          t("library.resources"),
          resources.filter((each) => !each.is_crisis && fits(each)).map(resourceCard),
        ),
      );
    };
    chosen.element.addEventListener("change", fill);
    fill();
    const crisis = h(
      "section",
      { "aria-labelledby": "library-crisis" },
      h("h2", { id: "library-crisis" }, t("crisis.title")),
      h("p", {}, t("crisis.danger")),
      crisisList(resources.filter((each) => each.is_crisis)),
    );
    return [crisis, chosen.element, found];
  },
};

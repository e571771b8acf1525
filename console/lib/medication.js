// What the pages of medication share: signing for something once, and the second signature for a controlled drug, in a
// session of its own.

import { oneAtATime } from "./buttons.js";
import { formatWhen, nameOf } from "./care.js";
import { announce, h } from "./dom.js";
import { refusalNotice } from "./refusals.js";
import { hasRole } from "./session.js";
import { t } from "./texts.js";

export const SIGNERS = ["manager", "nurse", "clinician", "carer"];
export const MEDICATION_READERS = [...SIGNERS, "care_manager", "org_owner", "compliance_lead"];

/** The key of one request: the same for each try of it, so that nothing is given twice after a lost connection. */
export function keys() {
  const made = new Map();
  return (name) => made.get(name) ?? made.set(name, crypto.randomUUID()).get(name);
}

/** Options for a field, each in words. */
export const options = (values, say) => values.map((value) => ({ value, label: say(value) }));

/** Buttons that sign for something: one at a time, and what is refused is said beside them. */
export const signing = (messages, zone, show) =>
  oneAtATime(messages, (refusal) => {
    const at = refusal.details?.possible_at;
    const notice = refusalNotice(refusal, refusal.details?.status ? show : null);
    if (at) notice.append(h("p", {}, t("round.possible_at", { when: formatWhen(at, zone) })));
    return notice;
  });

/** The second signature, of somebody else than the first: by `sign`, an RPC that takes p_id and p_confirms. */
export function witnessing({ api, session, staff }, button, given, title, done) {
  if (!hasRole(session, SIGNERS)) return [h("p", { class: "by" }, t("round.waits"))];
  if (given.by === session.user.id) return [h("p", { class: "by" }, t("round.waits_for_other"))];
  const sign = (confirms) => async () => {
    const answer = await api.call(given.sign, { p_id: given.id, p_confirms: confirms });
    announce(t(confirms ? "round.witnessed" : "round.not_witnessed"));
    done(answer);
  };
  return [
    h("p", { class: "by" }, t("round.asks_you", { name: nameOf(staff, given.by) })),
    h(
      "p",
      { class: "buttons" },
      button(t("round.saw"), title, sign(true), "main"),
      button(t("round.did_not_see"), title, sign(false)),
    ),
  ];
}

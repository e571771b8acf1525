// What went wrong, by the stable code that our RPCs answer with, and in words.

import { h, notice } from "./dom.js";
import { hasText, t } from "./texts.js";

/** A call that was not answered with what was asked for. */
export class Refusal extends Error {
  /** @param {{ code: string, message?: string, details?: object, hint?: string }} parts */
  constructor({ code, message, details, hint }) {
    super(message || code);
    this.name = "Refusal";
    this.code = code;
    this.details = details ?? {};
    this.hint = hint ?? "";
  }

  /** Whether the same call may go well in a moment. */
  get isPassing() {
    return ["network", "unavailable", "rate_limited"].includes(this.code);
  }
}

const STABLE = new Set([
  "invalid_input",
  "not_authenticated",
  "session_expired",
  "permission_denied",
  "feature_disabled",
  "mfa_required",
  "consent_required",
  "not_found",
  "conflict",
  "rate_limited",
]);

function parsed(details) {
  try {
    return typeof details === "string" ? (JSON.parse(details) ?? {}) : (details ?? {});
  } catch {
    return {};
  }
}

function codeOf(error, status) {
  if (STABLE.has(error.code)) return error.code;
  if (["PGRST202", "PGRST205", "42883"].includes(error.code)) return "not_there";
  if (status === 0 || status === undefined) return "network";
  if (status === 401) return "session_expired"; // a token that has run out, or none
  if (status === 403) return "permission_denied";
  if (status === 429) return "rate_limited";
  return [502, 503, 504].includes(status) ? "unavailable" : "unexpected";
}

/** The refusal that an error of supabase-js, from REST or RPC, stands for. */
export function refusalOf(error, status) {
  return new Refusal({ ...error, code: codeOf(error, status), details: parsed(error.details) });
}

/** The same for an error of its auth part. */
export function signInRefusal(error) {
  if (error.name === "AuthRetryableFetchError" || !error.status) {
    return new Refusal({ code: error.status >= 500 ? "unavailable" : "network" });
  }
  if (error.status === 429) return new Refusal({ code: "rate_limited" });
  if (error.status >= 500) return new Refusal({ code: "unavailable" });
  return new Refusal({ code: "wrong_password" });
}

/** The same for a second factor. */
export function factorRefusal(error) {
  const refusal = signInRefusal(error);
  return refusal.code === "wrong_password" ? new Refusal({ code: "wrong_code" }) : refusal;
}

/** A sentence for people. Where the database said which value was wrong, its own sentence is the better one. */
export function sentence(refusal) {
  if (!(refusal instanceof Refusal)) return t("refusal.unexpected");
  const { code, details } = refusal;
  if (["invalid_input", "conflict", "not_found"].includes(code) && refusal.message !== code)
    return refusal.message;
  // Not the role alone: what is missing, and whom to ask.
  if (code === "permission_denied" && details.reason) return [refusal.message, refusal.hint].join(" ").trim();
  if (code === "rate_limited" && details.retry_after) {
    return t("refusal.rate_limited_seconds", { count: Number(details.retry_after) });
  }
  return t(hasText(`refusal.${code}`) ? `refusal.${code}` : "refusal.unexpected");
}

/** The sentence as a box, with a button to try again where that may help. */
export function refusalNotice(refusal, again) {
  if (!(refusal instanceof Refusal)) console.error(refusal);
  const button = again && h("button", { type: "button", onclick: again }, t("action.again"));
  return notice("bad", h("p", {}, sentence(refusal)), button);
}

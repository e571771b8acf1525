// Who is signed in, where, and what of this console that opens to them.

/**
 * Ask the server who this is.
 *
 * @returns {Promise<object>} user, name, organizations, organization (the active one, or undefined), features (keys
 *   that are on), hasHomes (whether there are care homes), idleMinutes (of the server, or undefined), refusal (why the
 *   organization answers nothing)
 */
export async function loadSession(api, user) {
  const refusals = [];
  const [organizations, features, sessions, profiles, homes] = await Promise.all([
    api.call("get_my_organizations"),
    api.call("get_my_features").catch((refusal) => (refusals.push(refusal), [])),
    api.call("get_my_sessions").catch(() => []),
    api.rows("profiles", (query) => query.eq("id", user.id)).catch(() => []),
    api.rows("sites", (query) => query.eq("kind", "care_home").limit(1)).catch(() => []),
  ]);
  const here = sessions.find((session) => session.is_this_one);
  return {
    user,
    name: profiles[0]?.display_name ?? user.email,
    organizations,
    organization: organizations.find((each) => each.is_active_here),
    features: new Set(features.filter((each) => each.is_enabled).map((each) => each.feature_key)),
    hasHomes: homes.length > 0,
    idleMinutes: here && (new Date(here.idle_at) - new Date(here.last_seen_at)) / 60_000,
    refusal: refusals[0],
  };
}

/** Whether a page is for this session. */
export function mayOpen(page, session) {
  const roles = session.organization?.roles ?? [];
  if (page.needsFactor && session.refusal?.code !== "mfa_required") return false;
  if (page.feature === "care_homes" && !session.hasHomes) return false;
  const hasRole = !page.roles || page.roles.some((role) => roles.includes(role));
  return hasRole && (!page.feature || session.features.has(page.feature));
}

/** Who leads, and so sees figures that name nobody. */
export const LEADS = ["org_owner", "admin", "manager", "care_manager", "wellness_officer"];

/** Who helps, and so may see people who agreed to it. */
export const HELPERS = ["admin", "care_manager", "wellness_officer"];

/** Who gives care, and so checks in. */
export const PROVIDERS = ["nurse", "clinician", "carer", "care_manager", "case_manager"];

/** Who looks at a care home: who gives care there, runs it or looks across all of them. */
export const CARE_TEAM = [
  "org_owner",
  "compliance_lead",
  "manager",
  "care_manager",
  "case_manager",
  "nurse",
  "clinician",
  "carer",
];

/** Who gives care in a care home, and signs for it. */
export const CARERS = ["manager", "care_manager", "nurse", "clinician", "carer"];

/** Who works shifts in a care home, and so takes open places and swaps. */
export const WORKERS = ["manager", "care_manager", "case_manager", "nurse", "clinician", "carer"];

/** Who moves residents and plans rotas, at their homes. */
export const PLANNERS = ["admin", "manager", "care_manager"];

/** Who lives in a care home, and whom they let know. */
export const FAMILY = ["resident", "family"];

/** Whether one of these roles is held here. */
export const hasRole = (session, roles) =>
  (session.organization?.roles ?? []).some((role) => roles.includes(role));

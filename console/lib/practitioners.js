// Who a practitioner is; who works here is no secret.

/** The names of practitioners by id. */
export async function namesOf(api, ids) {
  if (!ids.length) return new Map();
  const people = await api.rows("fhir_practitioners", (query) => query.in("id", [...new Set(ids)]));
  const name = (each) =>
    [each.name_prefix, ...each.given_names, each.family_name, each.name_suffix].filter(Boolean).join(" ");
  return new Map(people.map((each) => [each.id, name(each)]));
}

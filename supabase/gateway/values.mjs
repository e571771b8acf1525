// How values of the database appear in JSON: as PostgREST, that is to_json(), writes them.

const asText = (oid) => ({ to: oid, from: [oid], serialize: (value) => value, parse: (text) => text });

/** RFC 3339 from what Postgres prints: "2026-11-20 23:34:51.7+00" becomes "2026-11-20T23:34:51.7+00:00". */
export function rfc3339(text) {
  return text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
}

/** A number where JavaScript can hold it, which 15 digits always are; beyond that the text, not a wrong number. */
export function number(text) {
  const digits = text.replace(/^-?0*|\.|(?<=\..*)0+$/g, "");
  const value = Number(text);
  return Number.isFinite(value) && digits.length <= 15 ? value : text;
}

/**
 * A parameter of type json. Lite has made text of objects and arrays, which the driver would quote once more; a text
 * that is no JSON is a JSON string.
 */
export function json(value) {
  if (typeof value !== "string") return JSON.stringify(value);
  try {
    JSON.parse(value);
    return value;
  } catch {
    return JSON.stringify(value);
  }
}

/** Types for the `postgres` driver, over those that lite sets. */
export const types = {
  json: { ...asText(114), serialize: json, parse: JSON.parse },
  jsonb: { ...asText(3802), serialize: json, parse: JSON.parse },
  timestamp: { ...asText(1114), parse: rfc3339 },
  timestamptz: { ...asText(1184), parse: rfc3339 },
  numeric: { ...asText(1700), serialize: String, parse: number },
  bytea: asText(17),
};

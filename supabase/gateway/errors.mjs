// HTTP statuses for database errors, as PostgREST gives them, where @supabase/lite gives others.

import { ConnectionLost } from "./lasting.mjs";

/** SQLSTATEs and SQLSTATE classes to the status PostgREST answers with; longest prefix first. */
const STATUS = [
  ["57P01", 503],
  ["57P02", 503],
  ["57P03", 503],
  ["23503", 409],
  ["23505", 409],
  ["P0001", 400],
  ["08", 503],
  ["09", 500],
  ["0L", 403],
  ["0P", 403],
  ["22", 400],
  ["23", 400],
  ["25", 500],
  ["28", 403],
  ["2D", 500],
  ["38", 500],
  ["39", 500],
  ["3B", 500],
  ["40", 500],
  ["53", 503],
  ["54", 500],
  ["55", 500],
  ["57", 500],
  ["58", 500],
  ["F0", 500],
  ["HV", 500],
  ["P0", 500],
  ["XX", 500],
];

// What lite answers as PostgREST does: errors of ours (PGRST, PTnnn), refusals, which depend on who asks, writes
// in a read-only request, and names that it looks up in its schema cache.
const LEFT_TO_LITE = /^(PGRST|PT\d{3}|25006|42.{3})$/;

// The driver's and the system's ways to say that there is no connection.
const NOT_CONNECTED = /^(ECONN|EPIPE|CONNECT)/;
const UNREACHABLE = { code: "PGRST001", message: "The database does not answer.", hint: "Try again in a moment." };

/** A database error in the form in which lite passes status and body on. */
class PostgrestError extends Error {
  code = "PGRST";

  constructor({ code, message, detail, hint }, status) {
    super(JSON.stringify({ code, message, details: detail ?? null, hint: hint ?? null }));
    this.detail = JSON.stringify({ status, headers: {} });
    this.sqlstate = code;
  }
}

/**
 * The error as lite should see it: one that carries PostgREST's status, where lite would choose another.
 * SQLSTATE 'PGRST' is PostgREST's own way for SQL to say status and body, and lite honours it.
 */
export function asPostgrest(error) {
  const code = error?.code;
  if (NOT_CONNECTED.test(code) || error instanceof ConnectionLost) return new PostgrestError(UNREACHABLE, 503);
  if (typeof code !== "string" || code.length !== 5 || LEFT_TO_LITE.test(code) || !error.severity) return error;
  const status = STATUS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 400;
  return new PostgrestError(error, status);
}

/** The answer where there is no connection to the database, and lite did not say so itself. */
export function unreachable() {
  return Response.json({ details: null, ...UNREACHABLE }, { status: 503 });
}

/** The stable code that our SQL raised, out of the JSON that its message is. */
function ownCode(message) {
  try {
    return JSON.parse(message).code;
  } catch {
    return "PGRST";
  }
}

/**
 * What may be logged of an error: never its message, detail or query if it comes from the database, since those
 * hold values of rows.
 */
export function forLog(error) {
  if (error?.sqlstate) return { error: error.sqlstate };
  if (error?.code === "PGRST") return { error: ownCode(error.message) };
  if (error?.severity) {
    const { code, table_name: table, constraint_name: constraint, routine } = error;
    return { error: code, table, constraint, routine };
  }
  return { error: error?.name ?? typeof error, message: error?.message };
}

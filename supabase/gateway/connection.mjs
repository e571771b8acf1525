// The gateway's connection to Postgres. @supabase/lite would make roles and grant everything on every table to
// them when it first sees RLS; here the database's own grants stand, and a request is opened in one statement.

import { sql } from "kysely";
import { asPostgrest } from "./errors.mjs";
import { currentRequest } from "./http.mjs";
import { ConnectionLost, LastingConnection } from "./lasting.mjs";
import { types } from "./values.mjs";

/** Carries a response out of a transaction that must not commit. */
class RolledBack extends Error {
  constructor(response) {
    super("rolled back");
    this.response = response;
  }
}

export class GatewayConnection extends LastingConnection {
  constructor({ url, name, max }) {
    super({
      url,
      postgresOptions: {
        max,
        connect_timeout: 10,
        onnotice: () => {},
        connection: { application_name: `carebase gateway ${name}` },
        types,
      },
    });
  }

  /** Lite asks this before it would grant; true means "all set up". */
  async ensureRlsContext() {
    return true;
  }

  normalizeDbError(error) {
    return asPostgrest(error);
  }

  /** Lite takes a database that it could not ask for an empty one, and would answer that nothing is found. */
  async introspect(options) {
    const found = await super.introspect(options);
    if (!found.functions) throw new ConnectionLost("the schema could not be read");
    return found;
  }

  /** Run one request in a transaction of its own, as the role that its token names. */
  async withContext(context, run, { rpc, transaction } = {}) {
    if (!context) return run(transaction ?? this.kysely);
    if (transaction) throw new Error("the gateway opens each request's transaction itself");
    try {
      return await this.kysely.transaction().execute(async (opened) => {
        await openRequest(opened, context.auth ?? {}, rpc);
        const result = await run(opened);
        // A function may set its own status and commit; a table request that is answered with an error did not
        // do what was asked, for example changed two rows where one was to be changed.
        if (!rpc && result instanceof Response && result.status >= 400) throw new RolledBack(result);
        return result;
      });
    } catch (error) {
      if (error instanceof RolledBack) return error.response;
      throw error;
    }
  }
}

/** Everything PostgREST sets before it runs a request, local to the transaction. */
async function openRequest(opened, { role = "anon", jwt }, rpc) {
  const request = currentRequest();
  const settings = {
    role,
    "request.jwt.claims": JSON.stringify(jwt ?? { role }),
    "request.method": request.method,
    "request.path": new URL(request.url).pathname.replace(/^\/rest\/v1/, ""),
    "request.headers": JSON.stringify(Object.fromEntries(request.headers)),
    "response.status": "",
    "response.headers": "",
    ...(rpc?.readOnly ? { transaction_read_only: "on" } : {}),
  };
  const parts = Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  await sql`select ${sql.join(parts)}`.execute(opened);
}

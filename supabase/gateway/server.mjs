// The local API gateway: PostgREST's and GoTrue's HTTP interfaces on loopback, by @supabase/lite.
//
// Settings come as one JSON document on standard input, so that no secret is ever in an argument list. REST
// connects as authenticator and becomes whom the token names; auth connects as the owner of schema auth. Neither
// can do what the other can.

import process from "node:process";

process.env.LITE_TELEMETRY = "0";
process.env.DO_NOT_TRACK = "1";

const { App } = await import("@supabase/lite");
const { GatewayConnection } = await import("./connection.mjs");
const { BASE, consoleFiles } = await import("./console.mjs");
const { forLog, unreachable } = await import("./errors.mjs");
const { ConnectionLost } = await import("./lasting.mjs");
const { note, serve } = await import("./http.mjs");
const { storage } = await import("./storage.mjs");
const { completeTokens } = await import("./tokens.mjs");

const log = (entry) => process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);

// Lite prints whole errors, with the query's values in them.
console.error = (...parts) => {
  const error = parts.find((part) => part instanceof Error);
  if (error && !note(forLog(error))) log(forLog(error));
};
console.log = console.info = console.warn = console.debug = () => {};

async function readSettings() {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return JSON.parse(text);
}

const settings = await readSettings();
const origin = `http://127.0.0.1:${settings.port}`;
const keys = {
  jwt_secret: settings.jwt_secret,
  publishable_key: settings.publishable_key,
  secret_key: settings.secret_key,
};

const rest = new GatewayConnection({ url: settings.rest_url, name: "rest", max: 8 });
const auth = new GatewayConnection({ url: settings.auth_url, name: "auth", max: 4 });

// Lite's REST looks every token's user and session up, and ignores what it finds. PostgREST does not, and
// authenticator may not read them: who is asking is decided in the database, once per request.
const withoutLookup = async (context, next) => {
  context.set("authService", {
    repo: { findUserById: async () => ({}), findSessionById: async () => ({}) },
  });
  await next();
  if (context.error instanceof ConnectionLost) context.res = unreachable();
};

const system = { studio: { enabled: false }, storage: { enabled: false } };
const restApp = new App({
  connection: rest,
  api: { ...settings.api, enabled: true, external_url: origin },
  auth: { enabled: true, ...keys },
  ...system,
  options: { server: { middlewares: [withoutLookup] } },
});
const authApp = new App({
  connection: auth,
  api: { enabled: false },
  auth: { ...settings.auth, enabled: true, ...keys },
  ...system,
});

const answerConsole = consoleFiles({
  ...settings.console,
  config: { publishable_key: settings.publishable_key },
});

const answerStorage = storage({ ...settings.storage, connection: rest, keys });

async function health() {
  const up = (await Promise.all([rest, auth].map((each) => each.whileAlive(each.ping())))).every(Boolean);
  return Response.json({ status: up ? "ok" : "database unreachable" }, { status: up ? 200 : 503 });
}

async function authenticate(request) {
  const response = await authApp.fetch(request);
  const issuer = `${origin}/auth/v1`;
  return completeTokens(response, { secret: settings.jwt_secret, issuer, driver: auth.driver });
}

async function route(request) {
  const { pathname } = new URL(request.url);
  if (pathname === "/health") return health();
  if (pathname.startsWith("/rest/v1")) return rest.whileAlive(restApp.fetch(request));
  if (pathname.startsWith("/auth/v1")) return auth.whileAlive(authenticate(request));
  if (pathname.startsWith("/storage/v1/")) return rest.whileAlive(answerStorage(request));
  if (`${pathname}/`.startsWith(BASE)) return answerConsole(request);
  const message = `Nothing is served at ${pathname}.`;
  return Response.json({ code: "not_found", message, details: null, hint: null }, { status: 404 });
}

async function answer(request) {
  try {
    return await route(request);
  } catch (error) {
    if (error instanceof ConnectionLost) return unreachable();
    throw error;
  }
}

// Hosted Supabase says so after each change of the schema; null: it may have changed while nobody listened.
await rest.listen("pgrst", (message) => {
  if ([null, "", "reload schema"].includes(message)) void rest.clearSchemaCache();
});

// The driver's own flaw, see lasting.mjs; anything else is a bug of ours, and `carebase up` starts a new process.
process.on("uncaughtException", (error) => {
  log(forLog(error));
  if (!error.stack?.includes("/postgres/src/connection.js")) process.exit(1);
  rest.renew();
  auth.renew();
});

const server = serve(answer, { origin, log, forLog });
server.on("error", (error) => {
  log({ error: error.code, message: `cannot listen on port ${settings.port}` });
  process.exit(1);
});
server.listen(settings.port, "127.0.0.1", () => log({ message: `listening on ${origin}` }));

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(0), 5000).unref();
  await new Promise((done) => {
    server.close(done);
    server.closeIdleConnections();
  });
  await Promise.all([rest.close(), auth.close()]);
  log({ message: "stopped" });
  process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

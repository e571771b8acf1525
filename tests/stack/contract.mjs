// What a frontend counts on, with Supabase's own client for JavaScript. Run by test_clients.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "@supabase/supabase-js";

const { CAREBASE_API_URL, CAREBASE_PUBLISHABLE_KEY, CAREBASE_SECRET_KEY } = process.env;
const options = {
  auth: { persistSession: false, autoRefreshToken: false },
  // Node 20 has no WebSocket, and the client wants one even if nobody subscribes to anything.
  realtime: { transport: globalThis.WebSocket ?? class {} },
};
const open = (key = CAREBASE_PUBLISHABLE_KEY) => createClient(CAREBASE_API_URL, key, options);

const password = "a long enough passphrase";
const client = open();
const kept = {};

test("sign up gives a session", async () => {
  const { data, error } = await client.auth.signUp({ email: "javascript@example.com", password });
  assert.equal(error, null);
  assert.equal(data.user.email, "javascript@example.com");
  assert.ok(data.session.access_token);
  assert.match(data.user.created_at, /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/);
});

test("sign in with the password gives another session", async () => {
  await client.auth.signOut();
  const { data, error } = await client.auth.signInWithPassword({ email: "javascript@example.com", password });
  assert.equal(error, null);
  kept.refreshToken = data.session.refresh_token;
});

test("the signed-in user writes and reads rows of their own", async () => {
  const written = await client.from("notes").insert({ body: "from JavaScript", hours: 1.5 }).select().single();
  assert.equal(written.error, null);
  assert.equal(written.data.hours, 1.5);
  const read = await client.from("notes").select("body, hours");
  assert.deepEqual(read.data, [{ body: "from JavaScript", hours: 1.5 }]);
  const counted = await client.from("notes").select("*", { count: "exact", head: true });
  assert.equal(counted.count, 1);
});

test("RPC gives an object, a list, or an error with its code", async () => {
  const one = await client.rpc("write_note", { p_body: "by RPC", p_written_on: "2026-01-02" });
  assert.equal(one.data.written_on, "2026-01-02");
  const list = await client.rpc("list_notes", { p_from: "2026-01-01", p_to: "2026-01-31" });
  assert.deepEqual(list.data.map(({ body }) => body), ["by RPC"]);
  const { error, status } = await client.rpc("refuse");
  assert.equal(status, 429);
  assert.deepEqual({ ...error }, { code: "rate_limited", message: "Not so fast.", details: '{"left": 0}', hint: "Wait." });
});

test("refresh gives new tokens", async () => {
  const { data, error } = await client.auth.refreshSession();
  assert.equal(error, null);
  assert.notEqual(data.session.refresh_token, kept.refreshToken);
  kept.refreshToken = data.session.refresh_token;
});

test("nobody signed in reads nothing", async () => {
  const { data, error, status } = await open().from("notes").select();
  assert.equal(data, null);
  assert.equal(status, 401);
  assert.equal(error.code, "42501");
});

test("after sign out the refresh token is worth nothing", async () => {
  const { error } = await client.auth.signOut();
  assert.equal(error, null);
  const refreshed = await open().auth.refreshSession({ refresh_token: kept.refreshToken });
  assert.equal(refreshed.data.session, null);
  assert.ok(refreshed.error);
  assert.ok(CAREBASE_SECRET_KEY.startsWith("sb_secret_"));
});

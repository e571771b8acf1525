// Everything that this page asks of the server: supabase-js, as any frontend would use it.

import { factorRefusal, Refusal, refusalOf, signInRefusal } from "./refusals.js";

/**
 * @param {{ url: string, key: string, hasRealtime: boolean }} where the API, its publishable key, and whether it has
 *   Realtime beside it, as hosted Supabase does
 */
export function makeApi({ url, key, hasRealtime }) {
  // The session lives in memory only. Wards share computers: local storage outlives the browser, and session storage
  // comes back with "reopen closed tab" and lies on the disk until then. Memory is gone with the tab. The price is
  // that a reload asks for the password again.
  const client = globalThis.supabase.createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: true, detectSessionInUrl: false },
  });

  let signInAgain = null;
  let heard = () => {};

  async function attempt(ask) {
    const { data, error, status } = await ask(client);
    if (!error) return data;
    const refusal = refusalOf(error, status);
    heard(refusal);
    throw refusal;
  }

  /** Once more after a new sign-in: what was refused for want of one did nothing. */
  async function ask(question) {
    try {
      return await attempt(question);
    } catch (refusal) {
      const isOver =
        refusal instanceof Refusal && ["session_expired", "not_authenticated"].includes(refusal.code);
      if (!isOver || !signInAgain) throw refusal;
      await signInAgain();
      return attempt(question);
    }
  }

  return {
    /** What an RPC returns. */
    call: (name, parameters = {}) => ask((from) => from.rpc(name, parameters)),

    /** The same as a text of comma-separated values. */
    callForTable: (name, parameters = {}) => ask((from) => from.rpc(name, parameters).csv()),

    /** The rows of a table or view: `rows("things", (query) => query.eq("id", id))`. */
    rows: (table, narrow = (query) => query) => ask((from) => narrow(from.from(table).select())),

    /**
     * Hear of changes on a private channel of Realtime, until `signal` is aborted. Where there is no Realtime, or it does
     * not let one in, nothing is heard: `reach(false)` says so.
     */
    listen(topic, { heard: changed, reach, signal }) {
      if (!hasRealtime) return reach(false);
      const channel = client
        .channel(topic, { config: { private: true } })
        .on("broadcast", { event: "changed" }, ({ payload }) => changed(payload));
      signal.addEventListener("abort", () => void client.removeChannel(channel));
      return client.realtime.setAuth().then(() => {
        if (!signal.aborted) channel.subscribe((status) => reach(status === "SUBSCRIBED"));
      });
    },

    /** Sign in; who it is. */
    async signIn(email, password) {
      const { data, error } = await client.auth.signInWithPassword({ email, password });
      if (error) throw signInRefusal(error);
      return data.user;
    },

    /** The second factors of whoever is signed in; none where this server knows none. */
    async factors() {
      const { data } = await client.auth.mfa.listFactors();
      return data?.totp ?? [];
    },

    /** Prove the second factor with the code that it shows now: the session may do more from then on. */
    async proveFactor(factorId, code) {
      const { error } = await client.auth.mfa.challengeAndVerify({ factorId, code });
      if (error) throw factorRefusal(error);
    },

    /** End the session here and on the server; without a network it ends here, and there when it has been idle. */
    async signOut() {
      signInAgain = null;
      await client.auth.signOut({ scope: "local" }).catch(() => {});
    },

    /** Be told of every refusal, wherever it was asked for. */
    onRefusal(listener) {
      heard = listener;
    },

    /** What to do when the server no longer knows the session: a promise that the same person is back. */
    onceSignedOut(handler) {
      let running = null;
      signInAgain = () => (running ??= handler().finally(() => (running = null)));
    },
  };
}

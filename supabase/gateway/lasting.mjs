// A connection that outlives its server. The `postgres` driver does not always: when a backend goes away, a write
// that was already scheduled crashes the process, a pooled connection may never answer again, and what a
// transaction still wanted to say is neither sent nor refused (porsager/postgres, versions up to 3.4.9). So a pool
// that lost one connection is replaced as a whole, and whoever still waits for the old one is told.

import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { PostgresConnection } from "@supabase/lite/postgres";

const RETRY_MS = 300;
const GRACE_SECONDS = 2; // for queries on connections that are still well

export class ConnectionLost extends Error {
  name = "ConnectionLost";
}

export class LastingConnection extends PostgresConnection {
  #config;
  #lost;
  #subscriptions = new Map();
  #isClosing = false;

  /** @param {{ url: string, postgresOptions: object }} config as for PostgresConnection */
  constructor(config) {
    super(config); // makes a pool that never connects: the first of ours takes its place
    this.#config = config;
    this.#open();
  }

  /** Replace the pool, which lost a connection. */
  renew() {
    const { driver } = this;
    const lost = this.#lost;
    this.#open();
    void driver.end({ timeout: GRACE_SECONDS }).catch(() => {});
    setTimeout(() => lost.abort(), GRACE_SECONDS * 1000 + 200).unref();
    for (const [channel, heard] of this.#subscriptions) void this.#subscribe(channel, heard);
  }

  /** The outcome of `work`, which uses this connection; or ConnectionLost, should it never come to an end. */
  whileAlive(work) {
    const { signal } = this.#lost;
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(new ConnectionLost("the connection to the database was lost"));
      signal.addEventListener("abort", giveUp, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
    });
  }

  /** Call `heard` with each message of `channel`, and with null when messages may have been missed. */
  async listen(channel, heard) {
    this.#subscriptions.set(channel, heard);
    await this.#subscribe(channel, heard);
  }

  async close() {
    this.#isClosing = true;
    await this.driver.end({ timeout: 1 });
  }

  #open() {
    this.#lost = new AbortController();
    setMaxListeners(0, this.#lost.signal);
    const { driver, kysely } = new PostgresConnection({
      ...this.#config,
      postgresOptions: {
        ...this.#config.postgresOptions,
        // Never closed for age or idleness, so that a close is always a loss.
        idle_timeout: 0,
        max_lifetime: 0,
        onclose: () => {
          if (driver === this.driver && !this.#isClosing) this.renew();
        },
      },
    });
    this.driver = driver;
    this.kysely = kysely;
  }

  async #subscribe(channel, heard) {
    const { driver } = this;
    while (driver === this.driver && !this.#isClosing) {
      try {
        await driver.listen(channel, heard, () => heard(null));
        return;
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }
}

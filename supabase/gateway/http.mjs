// From Node's HTTP server to functions of Request to Response, with one log line per request.

import { AsyncLocalStorage } from "node:async_hooks";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const current = new AsyncLocalStorage();

/** The request that is being answered, for code that lite calls without it. */
export const currentRequest = () => current.getStore().request;

/** Add what went wrong to the log line of the request that is being answered. */
export function note(failure) {
  const store = current.getStore();
  if (store) store.failure = failure;
  return Boolean(store);
}

function toRequest(incoming, origin) {
  const headers = new Headers();
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at], incoming.rawHeaders[at + 1]);
  }
  const hasBody = !["GET", "HEAD"].includes(incoming.method);
  return new Request(new URL(incoming.url, origin), {
    method: incoming.method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(incoming), duplex: "half" } : {}),
  });
}

async function send(response, outgoing) {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body) await pipeline(Readable.fromWeb(response.body), outgoing);
  else outgoing.end();
}

function apologize(outgoing) {
  if (outgoing.headersSent) return outgoing.destroy();
  outgoing.writeHead(500, { "content-type": "application/json" });
  const message = "The gateway failed; its log says more.";
  return outgoing.end(JSON.stringify({ code: "gateway", message, details: null, hint: null }));
}

/**
 * An HTTP server that answers with `answer`.
 *
 * @param {(request: Request) => Promise<Response>} answer
 * @param {{ origin: string, log: (entry: object) => void, forLog: (error: unknown) => object }} options
 */
export function serve(answer, { origin, log, forLog }) {
  return createServer(async (incoming, outgoing) => {
    const started = performance.now();
    const store = {};
    try {
      store.request = toRequest(incoming, origin);
      await send(await current.run(store, () => answer(store.request)), outgoing);
    } catch (error) {
      store.failure = forLog(error);
      apologize(outgoing);
    }
    log({
      method: incoming.method,
      path: incoming.url.replace(/\?.*/s, ""), // never the query: it holds filters, that is values of rows
      status: outgoing.statusCode,
      ms: Math.round(performance.now() - started),
      ...store.failure,
    });
  });
}

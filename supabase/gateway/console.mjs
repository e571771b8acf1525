// The web console's files: the checkout's folder console/, and the browser builds of the libraries that it names in
// console/hosting.json, with the headers that it names there. Read at each request: who edits a file reloads the page.

import { createHash } from "node:crypto";
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";

export const BASE = "/console/";

const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
};

// Plain names: no dot but the one before the ending, no percent sign, so no way out of the folder and no hidden file.
const NAME = /^(?:[a-z0-9_-]+\/)*[a-z0-9_-]+\.(css|html|js|json|svg)$/;
const ABSENT = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

/** The bytes of a file that really is below `folder`, whatever links there are; null if there is none. */
async function readBelow(folder, name) {
  try {
    const [home, file] = await Promise.all([realpath(folder), realpath(path.join(folder, name))]);
    return file.startsWith(home + path.sep) ? await readFile(file) : null;
  } catch (error) {
    if (ABSENT.has(error.code)) return null;
    throw error;
  }
}

/**
 * Answers requests below /console/.
 *
 * @param {{ folder: string, packages: string, config: object }} options the console, node_modules, and what the page
 *   is told as config.json: public by nature
 */
export function consoleFiles({ folder, packages, config }) {
  async function find(name, vendor) {
    if (name === "config.json") return Buffer.from(JSON.stringify(config));
    if (Object.hasOwn(vendor, name)) return readBelow(packages, vendor[name]);
    return NAME.test(name) ? readBelow(folder, name) : null;
  }

  return async function answer(request) {
    const { pathname } = new URL(request.url);
    const hosting = JSON.parse((await readBelow(folder, "hosting.json")) ?? "{}");
    const headers = new Headers({ ...hosting.headers, "cache-control": "no-cache" });
    const plain = (status, text) => {
      headers.set("content-type", "text/plain; charset=utf-8");
      return new Response(request.method === "HEAD" ? null : text, { status, headers });
    };

    if (!["GET", "HEAD"].includes(request.method)) {
      headers.set("allow", "GET, HEAD");
      return plain(405, "The console is only read.\n");
    }
    if (!pathname.startsWith(BASE)) {
      headers.set("location", BASE);
      return plain(308, `${BASE}\n`);
    }
    const name = pathname.slice(BASE.length) || "index.html";
    const content = await find(name, hosting.vendor ?? {});
    if (!content) return plain(404, "The console has no such file.\n");

    const etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
    headers.set("etag", etag);
    const known = (request.headers.get("if-none-match") ?? "")
      .split(",")
      .map((each) => each.trim().replace("W/", ""));
    if (known.includes(etag)) return new Response(null, { status: 304, headers });
    headers.set("content-type", TYPES[name.split(".").pop()]);
    headers.set("content-length", String(content.length));
    return new Response(request.method === "HEAD" ? null : content, { headers });
  };
}

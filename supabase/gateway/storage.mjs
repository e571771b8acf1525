// Files, with the addresses of Supabase Storage: POST and GET /storage/v1/object/<bucket>/<path>. Postgres is asked as
// the caller, under the same policies of storage.objects that hosted Supabase asks; here they only have another server
// around them. What there is no policy for (lists, moves, removal, signed addresses, transformations) is not served.

import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";

const BASE = "/storage/v1/object/";
// Two ids: nothing that a client sends becomes another part of a path in the file system.
const PLACE = /^(?:authenticated\/)?([a-z]+(?:-[a-z]+)*)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const FORM_OVERHEAD = 8192; // of a multipart form around one file

const refuse = (status, error, message) =>
  Response.json({ statusCode: String(status), error, message }, { status, headers: { "cache-control": "no-store" } });
const NOT_FOUND = () => refuse(404, "not_found", "Object not found");

const decode = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** The claims of a token that we signed and that is still valid; null otherwise. */
export function verified(token, secret) {
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  const good = createHmac("sha256", secret).update(`${parts[0]}.${parts[1]}`).digest();
  const given = Buffer.from(parts[2], "base64url");
  if (good.length !== given.length || !timingSafeEqual(good, given)) return null;
  try {
    const [head, claims] = [decode(parts[0]), decode(parts[1])];
    const now = Date.now() / 1000;
    if (head.alg !== "HS256" || !(claims.exp > now) || (claims.nbf ?? 0) > now) return null;
    return claims;
  } catch {
    return null;
  }
}

/** Who asks, as PostgREST would have it: a person by their token, a server by the secret key; null for a bad token. */
function caller(request, { jwt_secret, publishable_key, secret_key }) {
  const bearer = (request.headers.get("authorization") ?? "").replace(/^Bearer /i, "");
  const key = request.headers.get("apikey") ?? bearer;
  if (key === secret_key && (bearer === "" || bearer === secret_key)) return { role: "service_role" };
  if (key !== publishable_key && key !== secret_key) return null;
  if (bearer === "" || bearer === publishable_key) return { role: "anon" };
  const jwt = verified(bearer, jwt_secret);
  return jwt && ["authenticated", "anon", "service_role"].includes(jwt.role) ? { role: jwt.role, jwt } : null;
}

/** The bytes of the one file in the request, and of what type they are: a form, as browsers send it, or plain. */
async function contentOf(request) {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) return { bytes: Buffer.from(await request.arrayBuffer()), type };
  const files = [...(await request.formData()).values()].filter((value) => typeof value !== "string");
  if (files.length !== 1) return { bytes: Buffer.alloc(0), type: "" };
  return { bytes: Buffer.from(await files[0].arrayBuffer()), type: files[0].type };
}

/** Write a file whole or not at all. */
async function keep(file, bytes) {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}.${performance.now()}`;
  try {
    const handle = await open(unfinished, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Answers requests below /storage/v1/.
 *
 * @param {{ folder: string, connection: import("./connection.mjs").GatewayConnection, keys: object }} options where
 *   files are kept, and whom to ask
 */
export function storage({ folder, connection, keys }) {
  const fileAt = ([, bucket, org, id]) => path.join(folder, bucket, org, id);

  async function upload(request, place, auth) {
    const [, bucket, org, id] = place;
    const name = `${org}/${id}`;
    // Whether this may be written is asked twice: before the bytes are read, and by the insert.
    const announced = await connection.withContext({ auth }, async (opened) => {
      const found = await sql`
        select files.byte_size::bigint as size, files.mime_type as type, encode(files.sha256, 'hex') as sha256
        from public.file_uploads as files
        where files.bucket_id::text = ${bucket} and files.object_path = ${name}
          and app.may_write_object(${bucket}, ${name})`.execute(opened);
      return found.rows[0];
    });
    if (!announced) return refuse(403, "Unauthorized", "This upload was not begun, is over, or is not yours.");
    const length = request.headers.get("content-length");
    if (!/^\d+$/.test(length ?? "")) return refuse(411, "MissingContentLength", "Say how long the file is.");
    const size = Number(announced.size);
    if (Number(length) > size + FORM_OVERHEAD) return refuse(413, "EntityTooLarge", "The file is longer than announced.");

    const { bytes, type } = await contentOf(request);
    if (bytes.length !== size) return refuse(400, "InvalidRequest", "The file is not as long as announced.");
    if (type.split(";")[0].trim() !== announced.type) {
      return refuse(415, "invalid_mime_type", `mime type ${type.slice(0, 100)} is not the one announced`);
    }
    if (createHash("sha256").update(bytes).digest("hex") !== announced.sha256) {
      return refuse(400, "InvalidChecksum", "The SHA-256 of the file is not the one announced.");
    }
    try {
      await connection.withContext({ auth }, async (opened) => {
        const metadata = { size, mimetype: announced.type, contentLength: size, cacheControl: "no-store" };
        await sql`
          insert into storage.objects (bucket_id, name, owner, owner_id, metadata)
          values (${bucket}, ${name}, ${auth.jwt?.sub}::uuid, ${auth.jwt?.sub}, ${JSON.stringify(metadata)}::text::jsonb)
        `.execute(opened);
        // The row is committed after the bytes are there; bytes without a row are overwritten by the next try.
        await keep(fileAt(place), bytes);
      });
    } catch (error) {
      if (error.sqlstate === "23505" || error.code === "23505") {
        return refuse(409, "Duplicate", "The resource already exists");
      }
      if (error.code === "42501") return refuse(403, "Unauthorized", "This upload is over.");
      throw error;
    }
    return Response.json({ Key: `${bucket}/${name}`, Id: id });
  }

  async function download(request, place, auth) {
    const [, bucket, org, id] = place;
    const found = await connection.withContext({ auth }, async (opened) => {
      const rows = await sql`
        select objects.metadata from storage.objects
        where objects.bucket_id = ${bucket} and objects.name = ${`${org}/${id}`}`.execute(opened);
      return rows.rows[0];
    });
    if (!found) return NOT_FOUND();
    const bytes = await readFile(fileAt(place));
    const headers = {
      "content-type": found.metadata.mimetype,
      "content-length": String(bytes.length),
      // Who may read it may change with the next request.
      "cache-control": "no-store",
      "content-disposition": "attachment",
      "x-content-type-options": "nosniff",
    };
    return new Response(request.method === "HEAD" ? null : bytes, { headers });
  }

  return async function answer(request) {
    const { pathname } = new URL(request.url);
    const place = pathname.startsWith(BASE) ? PLACE.exec(pathname.slice(BASE.length)) : null;
    if (!place) return NOT_FOUND();
    const auth = caller(request, keys);
    if (!auth || auth.role === "anon") return refuse(401, "Unauthorized", "Sign in first.");
    try {
      if (["GET", "HEAD"].includes(request.method)) return await download(request, place, auth);
      if (request.method === "POST") return await upload(request, place, auth);
    } catch (error) {
      // What the database says of the session: PostgREST's way to give a status.
      if (error?.code === "PGRST" && error.detail) {
        return refuse(JSON.parse(error.detail).status, "Unauthorized", JSON.parse(error.message).message);
      }
      if (error?.code === "ENOENT") return NOT_FOUND();
      throw error;
    }
    return refuse(405, "MethodNotAllowed", "Files are uploaded and read, and nothing else.");
  };
}

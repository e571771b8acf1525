// Access tokens as hosted Supabase issues them. @supabase/lite leaves out how strongly the session is
// authenticated (aal) and what the token says about the user; both are added and the token is signed anew.

import { createHmac } from "node:crypto";

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function sign(claims, secret) {
  const content = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${content}.${createHmac("sha256", secret).update(content).digest("base64url")}`;
}

/**
 * A response of the auth API with its access token, if there is one, completed.
 *
 * @param {Response} response what lite answered
 * @param {{ secret: string, issuer: string, driver: import("postgres").Sql }} options
 */
export async function completeTokens(response, { secret, issuer, driver }) {
  if (!response.ok || !response.headers.get("content-type")?.startsWith("application/json")) return response;
  const body = await response.clone().json();
  if (typeof body?.access_token !== "string") return response;
  const claims = JSON.parse(Buffer.from(body.access_token.split(".")[1], "base64url"));
  const [session] = await driver`select aal from auth.sessions where id = ${claims.session_id}`;
  body.access_token = sign(
    {
      iss: issuer,
      ...claims,
      phone: body.user?.phone ?? "",
      app_metadata: body.user?.app_metadata ?? {},
      user_metadata: body.user?.user_metadata ?? {},
      aal: session?.aal ?? "aal1",
      is_anonymous: body.user?.is_anonymous ?? false,
    },
    secret,
  );
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(JSON.stringify(body), { status: response.status, headers });
}

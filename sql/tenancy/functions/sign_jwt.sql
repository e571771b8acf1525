-- Tokens that the gateway accepts, made in the database: a key is exchanged where its hash is, and the secret that
-- signs goes nowhere. RFC 7519 with HS256 (RFC 7515, appendix A.1).
create function app.sign_jwt(p_claims jsonb) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_header constant jsonb := jsonb_strip_nulls(
    jsonb_build_object('alg', 'HS256', 'typ', 'JWT', 'kid', app.jwt_key_id())
  );
  v_content constant text :=
    app.base64url(convert_to(v_header::text, 'UTF8')) || '.' || app.base64url(convert_to(p_claims::text, 'UTF8'));
begin
  return v_content || '.' || app.base64url(
    extensions.hmac(convert_to(v_content, 'UTF8'), convert_to(app.jwt_secret(), 'UTF8'), 'sha256')
  );
end
$$;

comment on function app.sign_jwt(jsonb) is 'A JSON Web Token with these claims, signed with app.jwt_secret().';

create function app.base64url(p_bytes bytea) returns text
language sql immutable
set search_path = ''
as $$
  select translate(encode(p_bytes, 'base64'), E'+/=\n', '-_')
$$;

comment on function app.base64url(bytea) is 'Base64 for addresses and tokens: without padding (RFC 4648, section 5).';

revoke all on function app.sign_jwt(jsonb) from public;
revoke all on function app.base64url(bytea) from public;

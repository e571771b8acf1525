-- A sealed value: 1 byte of version (1), 16 of the key's id, 16 of IV, ciphertext, 32 of tag. What it was sealed for
-- (organization, person, table, column) is not in it but authenticated with it, so that it opens nowhere else.
create function app.is_sealed(p_value bytea, p_max_length integer default 10000) returns boolean
language sql immutable
return length(p_value) >= 81
and length(p_value) <= p_max_length
and get_byte(p_value, 0) = 1
and (length(p_value) - 65) % 16 = 0;

comment on function app.is_sealed(bytea, integer) is
'Whether a value has the form of a sealed one and at most so many bytes: for the checks of tables. Null for null.';

-- Table and column as text, organization and person as 16 bytes each, zeros where there is none: as the length of the
-- end is fixed, no two contexts give the same bytes.
create function app.sealed_context(p_place bytea, p_org_id uuid, p_subject_id uuid) returns bytea
language sql immutable
return p_place
|| uuid_send(coalesce(p_org_id, '00000000-0000-0000-0000-000000000000'))
|| uuid_send(coalesce(p_subject_id, '00000000-0000-0000-0000-000000000000'));

comment on function app.sealed_context(bytea, uuid, uuid) is
'The associated data of a value. p_place: carebase:1:<schema>.<table>:<column>: in ASCII.';

-- What app.aead_open() does, with the head left out in passing.
create function app.open_value(p_schedule bytea, p_context bytea, p_value bytea) returns bytea
language sql immutable
return case
  when length(p_value) >= 81 then case
    when
      get_byte(p_value, 0) = 1
      and sha256(substr(p_value, length(p_value) - 31))
      = sha256(app.aead_tag(p_schedule, p_context, substr(p_value, 18, length(p_value) - 49)))
      then extensions.decrypt_iv(
        substr(p_value, 34, length(p_value) - 65), substr(p_schedule, 257, 32), substr(p_value, 18, 16), 'aes'
      )
  end
end;

comment on function app.open_value(bytea, bytea, bytea) is
'What was sealed; null if it does not open with this key in this context.';

create function app.seal_value(p_key_id uuid, p_schedule bytea, p_context bytea, p_plaintext bytea) returns bytea
language plpgsql volatile strict
set search_path = ''
as $$
declare
  v_iv constant bytea := extensions.gen_random_bytes(16);
  v_body constant bytea := v_iv || extensions.encrypt_iv(p_plaintext, substr(p_schedule, 257, 32), v_iv, 'aes');
begin
  return '\x01'::bytea || uuid_send(p_key_id) || v_body || app.aead_tag(p_schedule, p_context, v_body);
end
$$;

comment on function app.seal_value(uuid, bytea, bytea, bytea) is 'Seals a value for one context; null for null.';

-- What a sealed column takes on its way in. The trigger _300_seal seals it before the row is anywhere.
create function app.plain(p_value text) returns bytea
language sql stable
return convert_to(p_value, 'UTF8');

comment on function app.plain(text) is 'A text as the bytes that a sealed column of type text takes.';

create function app.plain(p_value date) returns bytea
language sql stable
return convert_to(to_json(p_value) #>> '{}', 'UTF8');

comment on function app.plain(date) is 'A day as the bytes that a sealed column of type date takes: ISO 8601.';

create function app.plain(p_value timestamptz) returns bytea
language sql stable
return convert_to(replace(to_json(p_value at time zone 'UTC') #>> '{}' || 'Z', ' BCZ', 'Z BC'), 'UTF8');

comment on function app.plain(timestamptz) is
'A moment as the bytes that a sealed column of type timestamptz takes: ISO 8601, in UTC.';

create function app.plain(p_value jsonb) returns bytea
language sql stable
return convert_to(p_value::text, 'UTF8');

comment on function app.plain(jsonb) is 'A document as the bytes that a sealed column of type jsonb takes.';

revoke all on function app.is_sealed(bytea, integer) from public;
revoke all on function app.sealed_context(bytea, uuid, uuid) from public;
revoke all on function app.open_value(bytea, bytea, bytea) from public;
revoke all on function app.seal_value(uuid, bytea, bytea, bytea) from public;
revoke all on function app.plain(text) from public;
revoke all on function app.plain(date) from public;
revoke all on function app.plain(timestamptz) from public;
revoke all on function app.plain(jsonb) from public;
grant execute on function app.is_sealed(bytea, integer) to authenticated, service_role;
grant execute on function app.plain(text) to authenticated, service_role;
grant execute on function app.plain(date) to authenticated, service_role;
grant execute on function app.plain(timestamptz) to authenticated, service_role;
grant execute on function app.plain(jsonb) to authenticated, service_role;

-- A256CBC-HS512, exactly as RFC 7518, section 5.2.2 to 5.2.5: pgcrypto has no AEAD of its own, and this is the standard
-- one that AES-CBC and HMAC-SHA-512 make. Encrypt-then-MAC over associated data, IV, ciphertext and the length of the
-- associated data; the first half of the 64-byte key is for the MAC, the second for AES.
--
-- Nothing here knows of tables or keys, and nobody is granted any of it. SQL that is bound when it is made, so that the
-- planner puts it in the place of the call: a list is opened without one function call of ours per value.

-- HMAC is two hashes over padded keys, and the padding is the same for every value: it is done once. pgcrypto's hmac()
-- does it each time and takes three times as long. XOR is on eight bytes at once, as bigint: 0x36… and 0x5c….
create function app.aead_schedule(p_key bytea) returns bytea
language plpgsql immutable strict
set search_path = ''
as $$
declare
  v_inner bytea := '';
  v_outer bytea := '';
  v_eight bigint;
begin
  if length(p_key) <> 64 then
    raise exception 'app.aead_schedule: a key has 64 bytes';
  end if;
  for v_start in 1..25 by 8 loop
    v_eight := ('x' || encode(substr(p_key, v_start, 8), 'hex'))::bit(64)::bigint;
    v_inner := v_inner || int8send(v_eight # 3906369333256140342);
    v_outer := v_outer || int8send(v_eight # 6655295901103053916);
  end loop;
  return v_inner || decode(repeat('36', 96), 'hex') || v_outer || decode(repeat('5c', 96), 'hex') || substr(p_key, 33);
end
$$;

comment on function app.aead_schedule(bytea) is
'A key of 64 bytes as the functions below want it: inner and outer block of HMAC-SHA-512 (128 bytes each), AES key (32).';

create function app.aead_tag(p_schedule bytea, p_aad bytea, p_body bytea) returns bytea
language sql immutable
return substr(
  sha512(
    substr(p_schedule, 129, 128)
    || sha512(substr(p_schedule, 1, 128) || p_aad || p_body || int8send(8 * length(p_aad)::bigint))
  ),
  1, 32
);

comment on function app.aead_tag(bytea, bytea, bytea) is
'The authentication tag (32 bytes) over associated data and IV || ciphertext.';

-- The tags are compared by their hashes: how many bytes agree shows in the time of a comparison, and whoever tries
-- cannot steer those of a hash.
create function app.aead_open(p_schedule bytea, p_aad bytea, p_sealed bytea) returns bytea
language sql immutable
return case
  when length(p_sealed) >= 64 then case
    when
      sha256(substr(p_sealed, length(p_sealed) - 31))
      = sha256(app.aead_tag(p_schedule, p_aad, substr(p_sealed, 1, length(p_sealed) - 32)))
      then extensions.decrypt_iv(
        substr(p_sealed, 17, length(p_sealed) - 48), substr(p_schedule, 257, 32), substr(p_sealed, 1, 16), 'aes'
      )
  end
end;

comment on function app.aead_open(bytea, bytea, bytea) is
'The plaintext of IV || ciphertext || tag; null unless key, associated data and every bit are those it was sealed with.';

create function app.aead_seal(p_schedule bytea, p_aad bytea, p_plaintext bytea, p_iv bytea) returns bytea
language plpgsql immutable strict
set search_path = ''
as $$
declare
  v_body constant bytea := p_iv || extensions.encrypt_iv(p_plaintext, substr(p_schedule, 257, 32), p_iv, 'aes');
begin
  if length(p_iv) <> 16 then
    raise exception 'app.aead_seal: an IV has 16 bytes';
  end if;
  return v_body || app.aead_tag(p_schedule, p_aad, v_body);
end
$$;

comment on function app.aead_seal(bytea, bytea, bytea, bytea) is
'IV || ciphertext || tag. The IV is 16 unpredictable bytes, never used twice.';

revoke all on function app.aead_schedule(bytea) from public;
revoke all on function app.aead_tag(bytea, bytea, bytea) from public;
revoke all on function app.aead_open(bytea, bytea, bytea) from public;
revoke all on function app.aead_seal(bytea, bytea, bytea, bytea) from public;

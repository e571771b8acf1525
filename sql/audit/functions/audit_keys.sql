-- Keys of the chain are in the vault, one secret per version; the highest version is the one that seals, older ones
-- stay to verify with. Each organization has a key of its own, derived from it: a chain cannot pass for another's.
create function app.audit_key_version() returns smallint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version smallint;
begin
  select max(substring(secrets.name from '^carebase_audit_key_(\d{1,4})$')::smallint) into v_version
  from vault.secrets
  where secrets.name like 'carebase\_audit\_key\_%';
  if v_version is null then
    v_version := 1;
    perform app.ensure_secret('carebase_audit_key_1');
  end if;
  return v_version;
end
$$;

comment on function app.audit_key_version() is 'The version of the key that seals; makes the first one.';

create function app.audit_key(p_org_id uuid, p_version smallint) returns bytea
language plpgsql stable
set search_path = ''
as $$
begin
  return extensions.hmac(
    convert_to('carebase audit ' || p_org_id, 'UTF8'),
    convert_to(app.secret('carebase_audit_key_' || p_version), 'UTF8'),
    'sha256'
  );
end
$$;

comment on function app.audit_key(uuid, smallint) is
'The key that an organization''s chain is made with; that of the nil uuid is for runs and dropped months, too.';

create function app.rotate_audit_key() returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_version integer;
begin
  perform pg_advisory_xact_lock(hashtext('carebase.audit.seal'));
  v_version := app.audit_key_version() + 1;
  perform app.ensure_secret('carebase_audit_key_' || v_version);
  perform app.audit(
    'configure', null, p_operation => 'rotate_audit_key',
    p_changes => jsonb_build_object('key_version', jsonb_build_array(v_version - 1, v_version))
  );
  return v_version;
end
$$;

comment on function app.rotate_audit_key() is
'Makes a new key for the chain and returns its version; seals from now on are made with it. Idempotent: no.';

revoke all on function app.audit_key_version() from public;
revoke all on function app.audit_key(uuid, smallint) from public;
revoke all on function app.rotate_audit_key() from public;

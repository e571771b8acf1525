-- Secrets of webhooks and integrations, in the vault under the id of their row. Private: definers of this room and the
-- worker come here.
create function app.keep_channel_secret(p_id uuid, p_secret text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_name constant text := 'carebase_channel_' || p_id;
  v_secret_id uuid;
begin
  select secrets.id into v_secret_id from vault.secrets where secrets.name = v_name;
  if v_secret_id is null then
    perform vault.create_secret(p_secret, v_name, 'Of a webhook or integration of carebase.');
  else
    perform vault.update_secret(v_secret_id, p_secret);
  end if;
end
$$;

comment on function app.keep_channel_secret(uuid, text) is 'Stores the secret of a webhook or an integration, or replaces it.';

create function app.channel_secret(p_id uuid) returns text
language sql stable
set search_path = ''
as $$
  select app.secret('carebase_channel_' || p_id)
$$;

comment on function app.channel_secret(uuid) is 'The secret of a webhook or an integration, for the worker.';

-- As the Standard Webhooks specification writes a symmetric key.
create function app.make_webhook_secret() returns text
language sql volatile
set search_path = ''
as $$
  select 'whsec_' || encode(extensions.gen_random_bytes(32), 'base64')
$$;

comment on function app.make_webhook_secret() is 'A new key for signing webhooks: whsec_ and 256 random bits in base64.';

revoke all on function app.keep_channel_secret(uuid, text) from public;
revoke all on function app.channel_secret(uuid) from public;
revoke all on function app.make_webhook_secret() from public;

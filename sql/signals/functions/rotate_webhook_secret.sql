-- SECURITY DEFINER because the secret goes into the vault; require_role is the authorization, the active organization
-- the bound. For a day both keys sign: the header carries one signature for each, so no receiver misses a thing.
create function app.rotate_webhook_secret(p_webhook_id uuid) returns text
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_secret constant text := app.make_webhook_secret();
begin
  perform app.require_role('org_owner', 'admin');
  perform webhooks.id from public.webhooks
  where webhooks.org_id = app.current_org() and webhooks.id = p_webhook_id and webhooks.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'There is no such webhook.');
  end if;
  -- New key, old key, until when the old one signs along.
  perform app.keep_channel_secret(
    p_webhook_id,
    concat_ws(
      ' ', v_secret, split_part(app.channel_secret(p_webhook_id), ' ', 1),
      extract(epoch from app.clock() + interval '1 day')::bigint::text
    )
  );
  return v_secret;
end
$$;

comment on function app.rotate_webhook_secret(uuid) is
'What public.rotate_webhook_secret does; authorizes for itself.';

create function public.rotate_webhook_secret(p_webhook_id uuid) returns text
language sql volatile
set search_path = ''
as $$
  select app.rotate_webhook_secret(p_webhook_id)
$$;

comment on function public.rotate_webhook_secret(uuid) is
'A new secret for a webhook, told in this answer and never again. For a day requests are signed with both. For owners
and administrators.
p_webhook_id: the webhook.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.';

revoke all on function app.rotate_webhook_secret(uuid) from public;
grant execute on function app.rotate_webhook_secret(uuid) to authenticated;
revoke all on function public.rotate_webhook_secret(uuid) from public, anon, authenticated, service_role;
grant execute on function public.rotate_webhook_secret(uuid) to authenticated;

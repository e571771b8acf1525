-- SECURITY DEFINER because the secret is in the vault; require_role is the authorization, the active organization the
-- bound. The row stays for the history of its deliveries; the secret goes.
create function app.remove_webhook(p_webhook_id uuid) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  update public.webhooks set deleted_at = app.clock(), is_active = false
  where webhooks.org_id = app.current_org() and webhooks.id = p_webhook_id and webhooks.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such webhook.');
  end if;
  delete from vault.secrets where secrets.name = 'carebase_channel_' || p_webhook_id;
end
$$;

comment on function app.remove_webhook(uuid) is 'What public.remove_webhook does; authorizes for itself.';

create function public.remove_webhook(p_webhook_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  select app.remove_webhook(p_webhook_id)
$$;

comment on function public.remove_webhook(uuid) is
'Removes a webhook and destroys its secret; what is under way to it is cancelled. For owners and administrators.
p_webhook_id: the webhook.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.';

revoke all on function app.remove_webhook(uuid) from public;
grant execute on function app.remove_webhook(uuid) to authenticated;
revoke all on function public.remove_webhook(uuid) from public, anon, authenticated, service_role;
grant execute on function public.remove_webhook(uuid) to authenticated;

-- SECURITY DEFINER because nobody makes webhooks but by this, and the secret goes into the vault; require_role is the
-- authorization, the active organization the bound.
create function app.create_webhook(
  p_url text, p_event_types text[], p_description text, out webhook_id uuid, out secret text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input(
    'p_url', p_url ~ '^https://[^/?#@[:space:][:cntrl:]]+([/?][^#[:space:][:cntrl:]]*)?$' and length(p_url) <= 2000,
    'The address begins with https:// and has no password and no fragment.'
  );
  perform app.check_input(
    'p_event_types', cardinality(p_event_types) between 1 and 100 and app.are_event_types(p_event_types),
    'Name 1 to 100 types of events, or a star for every one.'
  );
  perform app.check_input(
    'p_description', length(p_description) <= 500, 'The description has at most 500 characters.'
  );
  -- What is posted to many receivers is posted by us: their number is bounded.
  if (
    select count(*) from public.webhooks
    where webhooks.org_id = app.current_org() and webhooks.deleted_at is null
  ) >= 100 then
    perform app.raise_error('conflict', 'An organization has at most 100 webhooks.');
  end if;
  insert into public.webhooks (org_id, url, event_types, description)
  values (app.current_org(), p_url, p_event_types, p_description)
  returning webhooks.id into webhook_id;
  secret := app.make_webhook_secret();
  perform app.keep_channel_secret(webhook_id, secret);
end
$$;

comment on function app.create_webhook(text, text[], text) is 'What public.create_webhook does; authorizes for itself.';

create function public.create_webhook(
  p_url text, p_event_types text[], p_description text default '', out webhook_id uuid, out secret text
)
language sql volatile
set search_path = ''
as $$
  select made.* from app.create_webhook(p_url, p_event_types, p_description) as made
$$;

comment on function public.create_webhook(text, text[], text) is
'Makes a webhook: another system that is told what happens. The secret is told in this answer and never again; each
request is signed with it as Standard Webhooks specifies. For owners and administrators.
p_url: where to post, https only. Addresses within private networks are refused when it comes to sending.
p_event_types: types such as task.overdue, 1 to 100, or a star for every type.
p_description: what is behind it, up to 500 characters.
Never null: webhook_id, secret.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input, conflict.';

revoke all on function app.create_webhook(text, text[], text) from public;
grant execute on function app.create_webhook(text, text[], text) to authenticated;
revoke all on function public.create_webhook(text, text[], text) from public, anon, authenticated, service_role;
grant execute on function public.create_webhook(text, text[], text) to authenticated;

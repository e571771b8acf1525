-- SECURITY DEFINER because nobody writes them; the sites of the caller's roles are the authorization.
create function app.record_regulator_notification(p_id uuid, p_notified_at timestamptz, p_reference text) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_told public.incident_notifications_of_regulators;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  select told.* into v_told
  from public.incident_notifications_of_regulators as told
  where
    told.org_id = app.current_org() and told.id = p_id and told.deleted_at is null
    and told.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'))
  for update;
  if v_told.id is null then
    perform app.raise_error('not_found', 'There is no such notification that you may see.');
  end if;
  if v_told.notified_at is not null then
    perform app.raise_error('conflict', 'They have been told already.');
  end if;
  update public.incident_notifications_of_regulators as told
  set notified_at = coalesce(p_notified_at, app.clock()), notified_by = app.my_id(), reference = p_reference
  where told.org_id = v_told.org_id and told.id = v_told.id;
end
$$;

comment on function app.record_regulator_notification(uuid, timestamptz, text) is
'What public.record_regulator_notification does; authorizes for itself.';

create function public.record_regulator_notification(
  p_id uuid, p_notified_at timestamptz default null, p_reference text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which notification.');
  perform app.check_input(
    'p_notified_at', coalesce(p_notified_at <= app.clock() + interval '5 minutes', true), 'They have been told.'
  );
  perform app.check_input(
    'p_reference', coalesce(length(p_reference) <= 100 and p_reference ~ '\S', true),
    'A reference has 1 to 100 characters.'
  );
  perform app.record_regulator_notification(p_id, p_notified_at, p_reference);
end
$$;

comment on function public.record_regulator_notification(uuid, timestamptz, text) is
'Records that a regulator was told of an incident, which stops their clock. For managers of the site, owners and
compliance leads.
p_id: the row of incident_notifications_of_regulators; conflict if they had been told.
p_notified_at: when; null: now. p_reference: the regulator''s own number, 1 to 100 characters; nothing about a person.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.record_regulator_notification(uuid, timestamptz, text) from public;
grant execute on function app.record_regulator_notification(uuid, timestamptz, text) to authenticated;
revoke all on function public.record_regulator_notification(
  uuid, timestamptz, text
)
from public, anon, authenticated, service_role;
grant execute on function public.record_regulator_notification(uuid, timestamptz, text) to authenticated;

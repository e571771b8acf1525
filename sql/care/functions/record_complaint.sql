-- SECURITY DEFINER because nobody writes complaints; the sites of the caller's roles are the authorization.
create function app.record_complaint(
  p_site_id uuid,
  p_kind public.complaint_kind,
  p_source public.complaint_source,
  p_details text,
  p_received_on date,
  p_complainant text,
  p_resident_id uuid
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_calendar record;
  v_policy record;
  v_received_on date;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  if not p_site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead')) then
    perform app.raise_error('not_found', 'There is no such site that you answer for.');
  end if;
  if p_resident_id is not null and not exists (
    select from public.residents
    where
      residents.org_id = app.current_org() and residents.id = p_resident_id and residents.deleted_at is null
      and residents.site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead'))
  ) then
    perform app.raise_error('not_found', 'There is no such resident.', '{"field": "p_resident_id"}');
  end if;
  select calendar.* into v_calendar from app.incident_calendar(app.current_org(), p_site_id) as calendar;
  select policy.* into v_policy from app.complaint_policy(app.current_org(), p_site_id) as policy;
  v_received_on := coalesce(p_received_on, (app.clock() at time zone v_calendar.time_zone)::date);
  insert into public.complaints (
    org_id, site_id, kind, source, resident_id, received_on, details, complainant, acknowledge_due_on, respond_due_on
  )
  select
    app.current_org(), p_site_id, p_kind, p_source, p_resident_id, v_received_on, app.plain(p_details),
    app.plain(p_complainant), due.acknowledge_on, due.respond_on
  from (select 1) as one
  left join (
    select
      app.add_working_days(
        v_received_on, v_policy.acknowledge_working_days, v_calendar.working_days, v_calendar.holidays
      ) as acknowledge_on,
      v_received_on + v_policy.respond_days as respond_on
  ) as due on p_kind = 'complaint'
  returning complaints.id into v_id;
  return v_id;
end
$$;

comment on function app.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
) is
'What public.record_complaint does; authorizes for itself.';

create function public.record_complaint(
  p_site_id uuid,
  p_kind public.complaint_kind,
  p_source public.complaint_source,
  p_details text,
  p_received_on date default null,
  p_complainant text default null,
  p_resident_id uuid default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_kind', p_kind is not null, 'Say whether it is a complaint or a compliment.');
  perform app.check_input('p_source', p_source is not null, 'Say who said it.');
  perform app.check_input(
    'p_details', length(p_details) <= 4000 and p_details ~ '\S', 'Say what was said in 1 to 4000 characters.'
  );
  perform app.check_input(
    'p_complainant', coalesce(length(p_complainant) <= 500 and p_complainant ~ '\S', true),
    'Say who it was in 1 to 500 characters.'
  );
  perform app.check_input(
    'p_received_on', coalesce(p_received_on <= (app.clock() + interval '1 day')::date, true), 'It has been received.'
  );
  return app.record_complaint(p_site_id, p_kind, p_source, p_details, p_received_on, p_complainant, p_resident_id);
end
$$;

comment on function public.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
) is
'Writes down a complaint or a compliment; its id. By when a complaint is acknowledged and answered follows from
complaint_policies and the working days of the site. For managers of the site, owners and compliance leads.
p_site_id: the site that it is about. p_kind: complaint, compliment. p_source: who said it.
p_details: what was said, 1 to 4000 characters; stored sealed.
p_received_on: the day, where the site is; null: today. p_complainant: who said it and how to answer them, 1 to 500
characters; stored sealed. p_resident_id: whom it is about.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
) from public;
grant execute on function app.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
) to authenticated;
revoke all on function public.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
)
from public, anon, authenticated, service_role;
grant execute on function public.record_complaint(
  uuid, public.complaint_kind, public.complaint_source, text, date, text, uuid
) to authenticated;

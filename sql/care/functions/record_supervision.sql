-- SECURITY DEFINER because who works where is in roles that are their people's own, and a supervisor need not be one
-- who reads what all others wrote. The supervisor is the caller; both work at the site.
create function app.add_supervision(
  p_user_id uuid, p_site_id uuid, p_kind public.supervision_kind, p_held_on date, p_notes text, p_next_due_on date
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  v_org_id := app.current_org();
  if
    not p_site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician'))
    or not exists (
      select from app.staff_posts(v_org_id, app.today(), p_user_id) as posts
      where posts.site_id = p_site_id or posts.site_id is null
    )
  then
    perform app.raise_error('not_found', 'There is no such member of staff at a site of yours.');
  end if;
  perform app.check_input('p_user_id', p_user_id <> app.my_id(), 'Nobody supervises themselves.');
  if not exists (
    select from public.staff_members as staff
    where staff.org_id = v_org_id and staff.user_id = app.my_id() and staff.deleted_at is null
  ) then
    perform app.raise_error('permission_denied', 'Only members of staff supervise others.');
  end if;
  insert into public.supervisions as held (
    org_id, site_id, user_id, supervisor_id, kind, held_on, next_due_on, notes
  )
  values (v_org_id, p_site_id, p_user_id, app.my_id(), p_kind, p_held_on, p_next_due_on, app.plain(p_notes))
  returning held.id into v_id;
  return v_id;
end
$$;

comment on function app.add_supervision(uuid, uuid, public.supervision_kind, date, text, date) is
'Records a one-to-one that the caller held with a member of staff of one of their sites; its id.';

create function public.record_supervision(
  p_user_id uuid, p_site_id uuid, p_kind public.supervision_kind, p_held_on date, p_notes text,
  p_next_due_on date default null
)
returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_kind', p_kind is not null, 'Say what it was.');
  perform app.check_input('p_held_on', p_held_on >= '1950-01-01', 'Say on which day it was held.');
  perform app.check_input('p_notes', length(p_notes) between 1 and 10000, 'The notes have 1 to 10,000 characters.');
  perform app.check_input('p_next_due_on', coalesce(p_next_due_on > p_held_on, true), 'The next one comes later.');
  return app.add_supervision(p_user_id, p_site_id, p_kind, p_held_on, p_notes, p_next_due_on);
end
$$;

comment on function public.record_supervision(uuid, uuid, public.supervision_kind, date, text, date) is
'Records a supervision or appraisal that the caller held; its id. The person reads it, and so do the caller and those who
manage the site.
p_user_id: who was supervised, of a site of the caller. p_site_id: that site. p_kind: what it was.
p_held_on: the day, today or before. p_notes: what was said and agreed, 1 to 10,000 characters; sealed.
p_next_due_on: by when the next one is due.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.add_supervision(uuid, uuid, public.supervision_kind, date, text, date) from public;
grant execute on function app.add_supervision(uuid, uuid, public.supervision_kind, date, text, date) to authenticated;
revoke all on function public.record_supervision(uuid, uuid, public.supervision_kind, date, text, date)
from public, anon, authenticated, service_role;
grant execute on function public.record_supervision(uuid, uuid, public.supervision_kind, date, text, date)
to authenticated;

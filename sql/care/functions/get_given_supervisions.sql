-- SECURITY DEFINER because a supervisor need not manage the site, and keys are nobody's to read. Bound to what the
-- caller recorded themselves in the active organization; one event of each call says whose notes were opened.
create function app.given_supervisions(p_purpose public.access_purpose, p_limit integer, p_before uuid)
returns table (
  id uuid, user_id uuid, site_id uuid, kind public.supervision_kind, held_on date, next_due_on date,
  acknowledged_at timestamptz, notes text
)
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  return query
  with given as materialized (
    select held.*
    from public.supervisions as held
    where
      held.org_id = app.current_org() and held.supervisor_id = app.my_id()
      and (p_before is null or held.id < p_before)
    order by held.id desc
    limit p_limit
  ),

  needed as materialized (
    select array(select substr(given.notes, 2, 16) from given) as tags
  ),

  keys as materialized (
    select unwrapped.tag, unwrapped.schedule from needed cross join lateral app.unwrap_keys(needed.tags) as unwrapped
  ),

  noted as materialized (
    select app.note_access(
      p_purpose, 'public.supervisions', app.current_org(), array_agg(distinct given.user_id), count(*),
      (select needed.tags from needed)
    )
    from given
    having count(*) > 0
  )

  select
    given.id, given.user_id, given.site_id, given.kind, given.held_on, given.next_due_on, given.acknowledged_at,
    convert_from(app.open_value(
      keys.schedule, app.sealed_context('carebase:1:public.supervisions:notes:', given.org_id, null::uuid), given.notes
    ), 'UTF8')
  from given
  left join keys on keys.tag = substr(given.notes, 2, 16)
  cross join noted
  order by given.id desc;
end
$$;

comment on function app.given_supervisions(public.access_purpose, integer, uuid) is
'The one-to-ones that the caller held, opened; behind public.get_given_supervisions.';

create function public.get_given_supervisions(
  p_purpose public.access_purpose, p_limit integer default 50, p_before uuid default null
)
returns table (
  id uuid, user_id uuid, site_id uuid, kind public.supervision_kind, held_on date, next_due_on date,
  acknowledged_at timestamptz, notes text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open them for.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select given.* from app.given_supervisions(p_purpose, p_limit, p_before) as given;
end
$$;

comment on function public.get_given_supervisions(public.access_purpose, integer, uuid) is
'The supervisions and appraisals that the caller held, newest first, with their notes. Each call leaves an event. The
person, and those who manage the site, read them in the table and by open_supervisions().
p_purpose: what for. p_limit: at most so many, 1 to 500. p_before: the last one (id) of the page before.
Never null: id, user_id, site_id, kind, held_on.
Protected: notes.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function app.given_supervisions(public.access_purpose, integer, uuid) from public;
grant execute on function app.given_supervisions(public.access_purpose, integer, uuid) to authenticated;
revoke all on function public.get_given_supervisions(public.access_purpose, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_given_supervisions(public.access_purpose, integer, uuid) to authenticated;

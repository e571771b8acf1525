-- SECURITY DEFINER because records are their people's own; bound to one person, whom the caller may read.
create function app.training_of(p_user_id uuid, p_limit integer, p_before uuid)
returns setof public.training_records
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  if not app.may_read_staff(p_user_id) then
    perform app.raise_error('not_found', 'There is no such member of staff among those you answer for.');
  end if;
  return query
  select records.*
  from public.training_records as records
  where
    records.org_id = app.current_org() and records.user_id = p_user_id and (p_before is null or records.id < p_before)
  order by records.id desc
  limit p_limit;
end
$$;

comment on function app.training_of(uuid, integer, uuid) is 'The training of a person whom the caller may read.';

create function public.get_staff_training(p_user_id uuid, p_limit integer default 50, p_before uuid default null)
returns setof public.training_records
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_person();
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whose training.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select records.* from app.training_of(p_user_id, p_limit, p_before) as records;
end
$$;

comment on function public.get_staff_training(uuid, integer, uuid) is
'What a member of staff has done, newest first, what was withdrawn included.
p_user_id: the caller, or as a manager somebody of their sites, as an owner or compliance lead anybody; any other is
not_found.
p_limit: at most so many, 1 to 500. p_before: the last one (id) of the page before.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.training_of(uuid, integer, uuid) from public;
grant execute on function app.training_of(uuid, integer, uuid) to authenticated;
revoke all on function public.get_staff_training(uuid, integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_staff_training(uuid, integer, uuid) to authenticated;

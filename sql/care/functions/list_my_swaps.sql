-- SECURITY DEFINER because a row has one owner for the policies, and a swap two parties; it answers with those of the
-- caller in the active organization.
create function app.list_my_swaps(p_limit integer, p_before uuid) returns setof public.shift_swaps
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return query
  select swaps.*
  from public.shift_swaps as swaps
  where
    swaps.org_id = app.current_org() and app.my_id() in (swaps.user_id, swaps.with_user_id)
    and swaps.deleted_at is null and (p_before is null or swaps.id < p_before)
  order by swaps.id desc
  limit p_limit;
end
$$;

comment on function app.list_my_swaps(integer, uuid) is
'What public.list_my_swaps answers; bound to the caller.';

create function public.list_my_swaps(p_limit integer default 50, p_before uuid default null)
returns setof public.shift_swaps
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_person();
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select swaps.* from app.list_my_swaps(p_limit, p_before) as swaps;
end
$$;

comment on function public.list_my_swaps(integer, uuid) is
'Swaps that the caller asked for or was asked for, newest first.
p_limit: at most so many, 1 to 500. p_before: only older ones than this id.
Errors: feature_disabled, not_authenticated, permission_denied, invalid_input.';

revoke all on function app.list_my_swaps(integer, uuid) from public;
grant execute on function app.list_my_swaps(integer, uuid) to authenticated;
revoke all on function public.list_my_swaps(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.list_my_swaps(integer, uuid) to authenticated;

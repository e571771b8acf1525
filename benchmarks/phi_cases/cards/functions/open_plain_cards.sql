-- What app.open_…() is, but for the sealing: the same authorization, the same event.
create function app.open_plain_cards(p_ids uuid[], p_purpose public.access_purpose) returns table (
  id uuid, family_name text, given_names text, birth_date date
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  with found as materialized (
    select id, org_id, family_name, given_names, birth_date
    from public.plain_cards
    where
      id = any(p_ids) and deleted_at is null and org_id = (select app.current_org()) and (select app.is_staff())
  ),

  noted as materialized (
    select app.note_access(p_purpose, 'public.plain_cards', (array_agg(found.org_id))[1], null, count(*), null)
    from found
    having count(*) > 0
  )

  select found.id, found.family_name, found.given_names, found.birth_date
  from found
  cross join noted;
end
$$;

revoke all on function app.open_plain_cards(uuid[], public.access_purpose) from public;
grant execute on function app.open_plain_cards(uuid[], public.access_purpose) to authenticated;

create function public.open_plain_cards(p_ids uuid[], p_purpose public.access_purpose) returns table (
  id uuid, family_name text, given_names text, birth_date date
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if app.my_id() is null and app.reachable_org() is null then
    perform app.raise_error('not_authenticated', 'Sign in first.');
  end if;
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what you open it for.');
  return query
  select opened.*
  from app.open_plain_cards(
    array(select seen.id from public.plain_cards as seen where seen.id = any(p_ids)), p_purpose
  ) as opened;
end
$$;

revoke all on function public.open_plain_cards(uuid[], public.access_purpose) from public;
grant execute on function public.open_plain_cards(uuid[], public.access_purpose) to authenticated;

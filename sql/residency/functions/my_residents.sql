-- SECURITY DEFINER because policies of the tables that it reads ask for it: as the caller, they would ask themselves.
-- It answers with what the caller may know in the active organization and nothing else.
create function app.my_residents(p_topic public.resident_topic) returns uuid[]
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  return array(
    select shares.resident_id
    from public.resident_shares as shares
    where
      shares.user_id = app.my_id()
      and shares.org_id = app.current_org()
      and shares.topics @> array[p_topic]
      and shares.withdrawn_at is null
      and shares.deleted_at is null
      and (shares.expires_at is null or shares.expires_at > app.clock())
    union
    select residents.id
    from public.patients
    inner join public.residents on residents.org_id = app.current_org() and residents.id = patients.id
    where patients.user_id = app.my_id() and patients.deleted_at is null and residents.deleted_at is null
  );
end
$$;

comment on function app.my_residents(public.resident_topic) is
'The residents of the active organization of whom the caller may know this: themselves, and those who let them.';

revoke all on function app.my_residents(public.resident_topic) from public;
grant execute on function app.my_residents(public.resident_topic) to authenticated, service_role;

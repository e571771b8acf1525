create function public.list_instruments() returns setof public.instruments
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_person();

  return query
  select instruments.*
  from public.instruments
  where instruments.is_active
  order by instruments.title, instruments.id;
end
$$;

comment on function public.list_instruments() is
'The instruments in use, by title. For anyone who is signed in.
Errors: not_authenticated, mfa_required.';

revoke all on function public.list_instruments() from public, anon, authenticated, service_role;
grant execute on function public.list_instruments() to authenticated;

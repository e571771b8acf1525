create function public.list_my_shares() returns setof public.resident_shares
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.require_person();

  return query select shares.* from app.list_my_shares() as shares;
end
$$;

comment on function public.list_my_shares() is
'What relatives may or might know of the caller, who lives here: each consent, newest first, at most 500; the withdrawn
and expired too.
Errors: feature_disabled, not_authenticated, permission_denied.';

revoke all on function public.list_my_shares() from public, anon, authenticated, service_role;
grant execute on function public.list_my_shares() to authenticated;

create function public.withdraw_share(p_share_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_share_id', p_share_id is not null, 'Say which.');
  perform app.withdraw_share(p_share_id);
end
$$;

comment on function public.withdraw_share(uuid) is
'Takes back what a relative was let know: it opens nothing from the next request on. For the resident themselves,
whoever agreed, and for managers and care managers of the site.
p_share_id: what share_resident() gave, as list_my_shares() or the table resident_shares has it.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.withdraw_share(uuid) from public, anon, authenticated, service_role;
grant execute on function public.withdraw_share(uuid) to authenticated;

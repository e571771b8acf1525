create function public.get_my_features() returns table (
  feature_key text,
  feature_name text,
  is_available boolean,
  is_wanted boolean,
  is_enabled boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_member();
  return query
  select features.* from app.organization_features(app.current_org()) as features order by features.feature_key;
end
$$;

comment on function public.get_my_features() is
'Every feature and whether it is on for the active organization: what a menu shows.
is_available: override, licence and rollout allow it. is_wanted: the organization''s administrators have not switched
it off. is_enabled: it is on, that is both, and not hidden because the organization is standalone.
Never null: feature_key, feature_name, is_available, is_wanted, is_enabled.
Errors: not_authenticated, session_expired, mfa_required, permission_denied.';

revoke all on function public.get_my_features() from public, anon, authenticated, service_role;
grant execute on function public.get_my_features() to authenticated;

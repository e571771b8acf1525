-- app.organization_features() decides, for the active organization. Not signed in, no organization, no such feature:
-- off. A feature never appears by accident, and asking is never refused.
create function public.is_feature_enabled(p_feature_key text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.reachable_org() is not null and exists (
    select
    from app.organization_features(app.reachable_org(), coalesce(is_feature_enabled.p_feature_key, '')) as features
    where features.is_enabled
  );
end
$$;

comment on function public.is_feature_enabled(text) is
'Whether a feature is on for the caller''s active organization; false for anything unknown.';

revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant execute on function public.is_feature_enabled(text) to authenticated, service_role;

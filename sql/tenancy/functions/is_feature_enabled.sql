-- app.organization_features() decides, for the active organization. Not signed in, no organization, no such feature:
-- off. A feature never appears by accident, and asking is never refused.
--
-- SECURITY DEFINER because every RPC of a flagged room asks, and the policies of three tables take longer than the
-- answer. It answers for the caller's active organization only, so there is nothing to authorize.
create function app.has_feature(p_feature_key text) returns boolean
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.reachable_org();
begin
  return v_org_id is not null and exists (
    select
    from app.organization_features(v_org_id) as features
    where features.feature_key = has_feature.p_feature_key and features.is_enabled
  );
end
$$;

comment on function app.has_feature(text) is
'Whether a feature is on for the caller''s active organization; false for anything unknown.';

create function public.is_feature_enabled(p_feature_key text) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return app.has_feature(p_feature_key);
end
$$;

comment on function public.is_feature_enabled(text) is
'Whether a feature is on for the caller''s active organization; false for anything unknown.';

revoke all on function app.has_feature(text) from public;
grant execute on function app.has_feature(text) to authenticated, service_role;
revoke all on function public.is_feature_enabled(text) from public, anon, authenticated, service_role;
grant execute on function public.is_feature_enabled(text) to authenticated, service_role;

-- SECURITY DEFINER because the figures come from tables that not everybody who gives care may read; bound to the
-- caller's own practitioner.
create function app.needs_intervention() returns boolean
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_ids constant uuid[] := array[app.require_provider()];
begin
  return exists (
    select from app.provider_risk(v_org_id, v_ids, app.today()) as risk where risk.level >= 'high'
  ) or exists (
    select from app.provider_workload(v_org_id, v_ids, app.today()) as workload where workload.level = 'high_risk'
  );
end
$$;

comment on function app.needs_intervention() is
'What public.check_intervention_needed does; authorizes for itself.';

create function public.check_intervention_needed() returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');

  return app.needs_intervention();
end
$$;

comment on function public.check_intervention_needed() is
'Whether the caller should be offered help: their risk is high or critical, or their workload is at high risk by itself.
get_my_risk() says why. For practitioners of the active organization.
Errors: not_authenticated, permission_denied, feature_disabled.';

revoke all on function app.needs_intervention() from public;
grant execute on function app.needs_intervention() to authenticated;
revoke all on function public.check_intervention_needed() from public, anon, authenticated, service_role;
grant execute on function public.check_intervention_needed() to authenticated;

-- SECURITY DEFINER because the figures come from tables that not everybody who gives care may read; bound to the
-- caller's own practitioner.
create function app.my_risk(
  out composite numeric, out level public.burnout_risk_level, out contributions jsonb
)
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_practitioner_id constant uuid := app.require_provider();
begin
  -- As app.provider_risk() adds them up; once for both, as the parts are what takes time.
  select
    least(100, sum(parts.points)),
    app.burnout_level(least(100, sum(parts.points))),
    jsonb_agg(
      jsonb_build_object(
        'kind', parts.kind, 'value', parts.value, 'threshold', parts.threshold, 'points', parts.points,
        'sentence_key', parts.sentence_key
      )
      order by parts.points desc, parts.kind
    )
  into composite, level, contributions
  from app.risk_contributions(v_org_id, array[v_practitioner_id], app.today()) as parts;
end
$$;

comment on function app.my_risk() is 'What public.get_my_risk does; authorizes for itself.';

create function public.get_my_risk(
  out composite numeric, out level public.burnout_risk_level, out contributions jsonb
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');

  select risk.composite, risk.level, risk.contributions into composite, level, contributions from app.my_risk() as risk;
end
$$;

comment on function public.get_my_risk() is
'The caller''s own risk of burnout and all that made it. For practitioners of the active organization; nothing of it is
stored.
composite: the sum of the points, 0 to 100 at most. level: its band.
contributions: a list, most points first; each says its kind, the value that met the rule, the threshold, the points and
the key of a sentence for people.
Never null: composite, level, contributions.
Errors: not_authenticated, permission_denied, feature_disabled.';

revoke all on function app.my_risk() from public;
grant execute on function app.my_risk() to authenticated;
revoke all on function public.get_my_risk() from public, anon, authenticated, service_role;
grant execute on function public.get_my_risk() to authenticated;

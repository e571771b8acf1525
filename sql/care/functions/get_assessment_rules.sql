create function public.get_assessment_rules(p_instrument_code text default null) returns table (
  instrument_code text,
  band text,
  from_score numeric,
  follow_up_kind public.assessment_follow_up_kind,
  due_within interval,
  notify_roles public.app_role[],
  repeat_after interval,
  is_active boolean,
  is_default boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_staff();

  return query
  select rules.*
  from app.assessment_rules_of((select app.current_org())) as rules
  where p_instrument_code is null or rules.instrument_code = p_instrument_code
  order by rules.instrument_code, rules.from_score, rules.band;
end
$$;

comment on function public.get_assessment_rules(text) is
'What follows from the results of assessments in the active organization: its own rules (table assessment_rules, written
by its administrators), and the defaults in whose place it has none. For those who work there.
p_instrument_code: of this instrument; null: of all.
is_active: false where the organization wants nothing to follow. is_default: nobody has changed it.
Never null: instrument_code, band, from_score, notify_roles, is_active, is_default.
Errors: feature_disabled, permission_denied.';

revoke all on function public.get_assessment_rules(text) from public, anon, authenticated, service_role;
grant execute on function public.get_assessment_rules(text) to authenticated;

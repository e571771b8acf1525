-- What follows from a result where an organization says nothing else. How often to repeat is the publishers':
--   NEWS2: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017 (ISBN 978-1-86016-682-2), Chart 4,
--   "Clinical response to the NEWS trigger thresholds": 0 minimum 12 hourly; 1 to 4 minimum 4 to 6 hourly, of which the
--   shorter is taken; 3 in a single parameter, and 5 or more, minimum 1 hourly; 7 or more continuous, here 0: due again
--   at once.
--   MUST: BAPEN, Malnutrition Universal Screening Tool, Step 5, "Management guidelines", care homes: low risk repeat
--   monthly, medium risk at least monthly, high risk review monthly.
-- Until when something is to be done, whom to tell, and what follows from the falls checklist, are this project's own
-- defaults.
create function app.default_assessment_rules() returns table (
  instrument_code text,
  band text,
  from_score numeric,
  follow_up_kind public.assessment_follow_up_kind,
  due_within interval,
  notify_roles public.app_role[],
  repeat_after interval
)
language sql immutable
set search_path = ''
as $$
  select
    rules.instrument_code, rules.band, rules.from_score::numeric,
    rules.follow_up_kind::public.assessment_follow_up_kind, rules.due_within::interval,
    rules.notify_roles::public.app_role[], rules.repeat_after::interval
  from (
    values
    ('news2', 'low', 0, null, null, '{}', '12 hours'),
    ('news2', 'low', 1, 'inform_nurse', '4 hours', '{}', '4 hours'),
    ('news2', 'low_medium', 0, 'urgent_review', '1 hour', '{nurse,manager}', '1 hour'),
    ('news2', 'medium', 0, 'urgent_review', '1 hour', '{nurse,manager}', '1 hour'),
    ('news2', 'high', 0, 'emergency_response', '0', '{nurse,clinician,manager}', '0'),
    ('must', 'low', 0, null, null, '{}', '1 month'),
    ('must', 'medium', 0, 'review_care_plan', '3 days', '{}', '1 month'),
    ('must', 'high', 0, 'review_care_plan', '1 day', '{nurse}', '1 month'),
    ('falls_checklist', 'found', 0, 'review_care_plan', '3 days', '{}', null)
  ) as rules (instrument_code, band, from_score, follow_up_kind, due_within, notify_roles, repeat_after)
$$;

comment on function app.default_assessment_rules() is
'What follows from a band of an instrument, from a score on, where an organization has no rule of its own for it.';

-- For the caller's organization as the caller, for a definer for the one that it is bound to.
create function app.assessment_rules_of(p_org_id uuid) returns table (
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
language sql stable
set search_path = ''
as $$
  select
    coalesce(own.instrument_code, defaults.instrument_code),
    coalesce(own.band, defaults.band),
    coalesce(own.from_score, defaults.from_score),
    case when own.id is null then defaults.follow_up_kind else own.follow_up_kind end,
    case when own.id is null then defaults.due_within else own.due_within end,
    case when own.id is null then defaults.notify_roles else own.notify_roles end,
    case when own.id is null then defaults.repeat_after else own.repeat_after end,
    coalesce(own.is_active, true),
    own.id is null
  from (
    select rules.* from public.assessment_rules as rules
    where rules.org_id = p_org_id and rules.deleted_at is null
  ) as own
  full join app.default_assessment_rules() as defaults
    on
      defaults.instrument_code = own.instrument_code
      and defaults.band = own.band
      and defaults.from_score = own.from_score
$$;

comment on function app.assessment_rules_of(uuid) is
'The rules of an organization: its own, and the defaults in whose place it has none.';

revoke all on function app.default_assessment_rules() from public;
revoke all on function app.assessment_rules_of(uuid) from public;
grant execute on function app.default_assessment_rules() to authenticated;
grant execute on function app.assessment_rules_of(uuid) to authenticated;

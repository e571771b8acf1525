-- What an organization may know of how its providers are: one row per month for all of them, and one per team. Written
-- once, after the month, and never again: two answers about one month cannot differ by what somebody changed, withdrew
-- or deleted in between. freeze_wellbeing_month() says what keeps single people out of it.
create table public.provider_wellbeing_months (
  org_id uuid not null,
  id uuid not null default app.uuid_v7(),
  month date not null,
  team_id uuid,
  provider_count integer not null,
  assessed_count integer,
  median_burnout smallint,
  average_burnout smallint,
  elevated_percent smallint,
  checked_in_count integer,
  adoption_percent smallint,
  checkins_per_provider_week numeric(4, 2),
  average_stress numeric(3, 1),
  trained_percent smallint,
  helped_count integer,
  median_effect smallint,
  workload_correlation numeric(2, 1),
  frozen_at timestamptz not null default now(),
  lower_quartile smallint,
  upper_quartile smallint,
  constraint provider_wellbeing_months_pkey primary key (org_id, id),
  constraint provider_wellbeing_months_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint provider_wellbeing_months_team_fkey foreign key (org_id, team_id)
  references public.provider_teams (org_id, id),
  -- Once; also the index of "the last six months".
  constraint provider_wellbeing_months_month_key unique nulls not distinct (org_id, month, team_id),
  constraint provider_wellbeing_months_month_first_day check (month = date_trunc('month', month)),
  constraint provider_wellbeing_months_five_people check (
    coalesce(assessed_count, 5) >= 5 and coalesce(checked_in_count, 5) >= 5 and coalesce(helped_count, 5) >= 5
  ),
  constraint provider_wellbeing_months_suppressed_empty check (
    (assessed_count is not null or num_nonnulls(median_burnout, average_burnout, elevated_percent) = 0)
    and (checked_in_count is not null or adoption_percent is null)
    and (helped_count is not null or median_effect is null)
  ),
  -- A quarter of twenty is five.
  constraint provider_wellbeing_months_quarters_of_five check (
    num_nonnulls(lower_quartile, upper_quartile) = 0 or (assessed_count >= 20 and team_id is null)
  )
);

create index provider_wellbeing_months_team_id_idx on public.provider_wellbeing_months (org_id, team_id);

-- After the keys have been asked, so that a row which would point into another organization is refused for that.
create trigger _200_frozen
after update or delete on public.provider_wellbeing_months
for each row execute function app.refuse_change();

comment on table public.provider_wellbeing_months is
'Frozen figures of an organization and its teams, one row per month, never of fewer than five people.';
comment on column public.provider_wellbeing_months.org_id is 'The organization.';
comment on column public.provider_wellbeing_months.id is 'Key within the organization.';
comment on column public.provider_wellbeing_months.month is 'The month, by its first day.';
comment on column public.provider_wellbeing_months.team_id is 'The team; null: the whole organization.';
comment on column public.provider_wellbeing_months.provider_count is
'How many providers could sign in when the month was closed.';
comment on column public.provider_wellbeing_months.assessed_count is
'How many of them were assessed in the month; null: too few, and then all of the next three are.';
comment on column public.provider_wellbeing_months.median_burnout is 'Median of their last composite scores, 0 to 100.';
comment on column public.provider_wellbeing_months.average_burnout is 'Average of the same, 0 to 100.';
comment on column public.provider_wellbeing_months.elevated_percent is
'How many of those assessed were at high or critical risk; null also for fewer than five, all but four, and teams.';
comment on column public.provider_wellbeing_months.checked_in_count is
'How many checked in by name at least once; null: too few, and then adoption_percent is.';
comment on column public.provider_wellbeing_months.adoption_percent is
'How many of the providers that is; null also when all but four did, or that could be had by subtraction.';
comment on column public.provider_wellbeing_months.checkins_per_provider_week is
'Check-ins per provider and week, from the days that have figures; null for teams.';
comment on column public.provider_wellbeing_months.average_stress is 'Average stress of the same days, 1 to 10; null for teams.';
comment on column public.provider_wellbeing_months.trained_percent is
'How many of the providers completed a training module in the month; null: fewer than five, all but four, or a team.';
comment on column public.provider_wellbeing_months.helped_count is
'How many people had a case of help closed in the month with scores before and after; null: too few, or a team.';
comment on column public.provider_wellbeing_months.median_effect is
'Median change of score of those cases; below 0 is better.';
comment on column public.provider_wellbeing_months.workload_correlation is
'Correlation of encounters and burnout score over those assessed, -1 to 1; null below ten people, and for teams.';
comment on column public.provider_wellbeing_months.frozen_at is 'When the month was closed.';
comment on column public.provider_wellbeing_months.lower_quartile is
'The score that a quarter of those assessed were at or below; null below twenty people, and for teams.';
comment on column public.provider_wellbeing_months.upper_quartile is
'The score that a quarter of those assessed were above; null below twenty people, and for teams.';

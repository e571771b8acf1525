-- Counts who found a module helpful. An answer belongs to the month in which it was first given; months that are over
-- are counted together until five people have answered in them, once, and then left as they are. A person of two
-- organizations is one of them; whoever has withdrawn their consent by then is none.
create function app.job_count_helpfulness(p_due_at timestamptz) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_minimum_people constant integer := 5;
  v_month constant date := date_trunc('month', p_due_at at time zone 'UTC')::date;
  v_count integer;
begin
  insert into public.resilience_module_helpfulness (module_id, month_date, people_count, helpful_count)
  select
    uncounted.module_id,
    (v_month - interval '1 month')::date,
    count(*),
    count(*) filter (where uncounted.found_helpful)
  from (
    select distinct on (trainings.module_id, trainings.user_id) trainings.module_id, trainings.found_helpful
    from public.resilience_training_modules as modules
    inner join lateral (
      select max(figures.month_date) as month_date
      from public.resilience_module_helpfulness as figures
      where figures.module_id = modules.id
    ) as counted on true
    inner join public.provider_training_completions as trainings
      on
        trainings.module_id = modules.id
        and trainings.answered_at >= coalesce(
          (counted.month_date + interval '1 month') at time zone 'UTC', '-infinity'::timestamptz
        )
        and trainings.answered_at < v_month::timestamp at time zone 'UTC'
    where app.consent_level(trainings.org_id, trainings.user_id) is not null
    order by trainings.module_id, trainings.user_id, trainings.answered_at desc
  ) as uncounted
  group by uncounted.module_id
  having count(*) >= v_minimum_people
  on conflict (module_id, month_date) do nothing;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.job_count_helpfulness(timestamptz) is
'Scheduled: freezes how many people found each module helpful in the months that are over, where five have said so.
Idempotent: yes.';

revoke all on function app.job_count_helpfulness(timestamptz) from public;

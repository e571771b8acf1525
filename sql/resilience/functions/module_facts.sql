-- What a list of modules says about each, as its caller sees it; of all of them at once.
create function app.module_facts() returns table (module_id uuid, is_completed boolean, helpful_percent integer)
language sql stable
set search_path = ''
as $$
  select
    modules.id,
    trainings.completed_at is not null,
    helpfulness.percent
  from public.resilience_training_modules as modules
  left join public.provider_training_completions as trainings
    on
      trainings.org_id = (select app.current_org())
      and trainings.user_id = (select app.my_id())
      and trainings.module_id = modules.id
  left join (
    select figures.module_id, round(100.0 * sum(figures.helpful_count) / sum(figures.people_count))::integer as percent
    from public.resilience_module_helpfulness as figures
    group by figures.module_id
  ) as helpfulness on helpfulness.module_id = modules.id
$$;

comment on function app.module_facts() is
'Of each module that the caller sees, whether they have finished it in the active organization, and of those who said
whether it helped them, how many percent say that it did; null: nobody counted yet.';

revoke all on function app.module_facts() from public;
grant execute on function app.module_facts() to authenticated;

-- What a list of modules says about each, as its caller sees it.
create function app.is_module_completed(p_module_id uuid) returns boolean
language plpgsql stable
set search_path = ''
as $$
begin
  return exists (
    select from public.provider_training_completions as trainings
    where
      trainings.org_id = app.current_org()
      and trainings.user_id = app.my_id()
      and trainings.module_id = p_module_id
      and trainings.completed_at is not null
  );
end
$$;

comment on function app.is_module_completed(uuid) is
'Whether the caller has finished a module in the active organization.';

create function app.helpful_percent(p_module_id uuid) returns integer
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select round(100.0 * sum(figures.helpful_count) / sum(figures.people_count))::integer
    from public.resilience_module_helpfulness as figures
    where figures.module_id = p_module_id
  );
end
$$;

comment on function app.helpful_percent(uuid) is
'Of those who said whether a module helped them, how many say that it did, over all figures there are; null: none.';

revoke all on function app.is_module_completed(uuid) from public;
revoke all on function app.helpful_percent(uuid) from public;
grant execute on function app.is_module_completed(uuid) to authenticated;
grant execute on function app.helpful_percent(uuid) to authenticated;

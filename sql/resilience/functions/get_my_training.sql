create function public.get_my_training(p_limit integer default 100, p_before uuid default null) returns table (
  id uuid,
  module_id uuid,
  title text,
  category public.resilience_category,
  duration_minutes smallint,
  started_at timestamptz,
  completed_at timestamptz,
  found_helpful boolean
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    trainings.id, trainings.module_id, modules.title, modules.category, modules.duration_minutes, trainings.started_at,
    trainings.completed_at, trainings.found_helpful
  from public.provider_training_completions as trainings
  left join public.resilience_training_modules as modules on modules.id = trainings.module_id
  where
    trainings.org_id = (select app.current_org())
    and trainings.user_id = (select app.my_id())
    and (p_before is null or trainings.id < p_before)
  order by trainings.id desc
  limit p_limit;
end
$$;

comment on function public.get_my_training(integer, uuid) is
'The caller''s own training: what they have begun and finished, the one begun last first.
p_limit: at most so many, 1 to 500.
p_before: the id of the last row of the page before, for the next one.
title, category, duration_minutes: null where the module is no longer offered.
Never null: id, module_id, started_at.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_my_training(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_my_training(integer, uuid) to authenticated;

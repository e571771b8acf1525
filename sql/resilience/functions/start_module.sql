create function public.start_module(p_module_id uuid) returns public.provider_training_completions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_training public.provider_training_completions;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_module_id', p_module_id is not null, 'Say which module.');

  insert into public.provider_training_completions (module_id) values (p_module_id)
  on conflict (org_id, user_id, module_id) do nothing;
  select trainings.* into v_training
  from public.provider_training_completions as trainings
  where
    trainings.org_id = (select app.current_org())
    and trainings.user_id = (select app.my_id())
    and trainings.module_id = p_module_id;
  return v_training;
end
$$;

comment on function public.start_module(uuid) is
'Notes that the caller has begun a training module. Again, or once it is finished: nothing changes.
p_module_id: a module in use; any other is not_found.
Returns the caller''s record of it.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.start_module(uuid) from public, anon, authenticated, service_role;
grant execute on function public.start_module(uuid) to authenticated;

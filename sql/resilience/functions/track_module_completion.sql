create function public.track_module_completion(p_module_id uuid, p_found_helpful boolean default null)
returns public.provider_training_completions
language plpgsql volatile
set search_path = ''
as $$
declare
  v_training public.provider_training_completions;
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_module_id', p_module_id is not null, 'Say which module.');

  -- The moment is the guard's to say; any will do here.
  insert into public.provider_training_completions as trainings (module_id, completed_at, found_helpful)
  values (p_module_id, now(), p_found_helpful)
  on conflict (org_id, user_id, module_id) do update set
    completed_at = coalesce(trainings.completed_at, excluded.completed_at),
    found_helpful = coalesce(excluded.found_helpful, trainings.found_helpful)
  returning * into v_training;
  return v_training;
end
$$;

comment on function public.track_module_completion(uuid, boolean) is
'Notes that the caller has finished a training module, whether or not they noted when they began. Again: the first
completion stays, a new answer replaces the one before.
p_module_id: a module in use; any other is not_found.
p_found_helpful: whether it helped; leave it out not to say, or to leave an answer as it is.
Returns the caller''s record of it.
Errors: feature_disabled, permission_denied, consent_required, not_found, invalid_input.
Idempotent: yes.';

revoke all on function public.track_module_completion(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.track_module_completion(uuid, boolean) to authenticated;

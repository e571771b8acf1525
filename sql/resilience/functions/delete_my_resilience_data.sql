-- For good, and all of it: what export_my_resilience_data hands out is deleted here; a test compares both with the
-- catalogue. Figures of closed days are nobody's and stay. A row under a legal hold keeps all of it (conflict).
--
-- SECURITY DEFINER because nobody may delete; it is bound to the caller and the active organization. One event without
-- a name says that somebody did, and not how much it was.
create function app.delete_resilience_data_of_mine() returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform pg_advisory_xact_lock(app.participation_lock(v_org_id, v_user_id));
  perform set_config('carebase.told_as_one', 'on', true);
  -- Consents last: they say on which days there may be anonymous check-ins.
  perform app.forget_anonymous_checkins(v_org_id, v_user_id);
  delete from public.provider_reflection_reports as reports
  where reports.org_id = v_org_id and reports.user_id = v_user_id;
  delete from public.provider_support_circle_invitations as invitations
  where invitations.org_id = v_org_id and invitations.user_id = v_user_id;
  delete from public.provider_intervention_contacts as contacts
  where contacts.org_id = v_org_id and contacts.user_id = v_user_id;
  delete from public.provider_interventions as cases
  where cases.org_id = v_org_id and cases.user_id = v_user_id;
  delete from public.provider_prompts as prompts
  where prompts.org_id = v_org_id and prompts.user_id = v_user_id;
  delete from public.provider_crisis_acknowledgements as seen
  where seen.org_id = v_org_id and seen.user_id = v_user_id;
  delete from public.provider_panel_pauses as pauses
  where pauses.org_id = v_org_id and pauses.user_id = v_user_id;
  delete from public.provider_training_completions as trainings
  where trainings.org_id = v_org_id and trainings.user_id = v_user_id;
  delete from public.provider_assessment_scores as scores
  where scores.org_id = v_org_id and scores.user_id = v_user_id;
  delete from public.provider_burnout_assessments as assessments
  where assessments.org_id = v_org_id and assessments.user_id = v_user_id;
  delete from public.provider_support_reflections as reflections
  where reflections.org_id = v_org_id and reflections.user_id = v_user_id;
  delete from public.provider_support_circle_members as members
  where members.org_id = v_org_id and members.user_id = v_user_id;
  delete from public.provider_daily_checkins as checkins
  where checkins.org_id = v_org_id and checkins.user_id = v_user_id;
  delete from public.provider_consents as consents
  where consents.org_id = v_org_id and consents.user_id = v_user_id;
  perform set_config('carebase.told_as_one', '', true);
  perform app.audit_concealed('purge', v_org_id, 'public.provider_consents', null);
end
$$;

comment on function app.delete_resilience_data_of_mine() is
'What public.delete_my_resilience_data does; bound to the caller.';

create function public.delete_my_resilience_data(p_confirm text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform app.check_input(
    'p_confirm', p_confirm = 'delete everything', 'To delete all of it for good, say: delete everything'
  );
  perform app.delete_resilience_data_of_mine();
end
$$;

comment on function public.delete_my_resilience_data(text) is
'Deletes for good what the resilience hub of the active organization holds about the caller: check-ins, named and
anonymous, assessments, trainings, cases of help, seats in circles and what was written there, and the consent: they take
part no longer. Cannot be undone; call export_my_resilience_data first. What stays: the figures of past days, which name
nobody, and reports of how a shift was staffed, which are about the workplace.
p_confirm: the words "delete everything".
Errors: feature_disabled, permission_denied, not_authenticated, conflict (a legal hold keeps a row; then nothing is
deleted), invalid_input.
Idempotent: yes.';

revoke all on function app.delete_resilience_data_of_mine() from public;
grant execute on function app.delete_resilience_data_of_mine() to authenticated;
revoke all on function public.delete_my_resilience_data(text) from public, anon, authenticated, service_role;
grant execute on function public.delete_my_resilience_data(text) to authenticated;

-- SECURITY DEFINER because nobody writes the questions; require_role is the authorization, the active organization the
-- bound.
create function app.post_nurse_question(p_question_text text, p_patient_id uuid) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_id uuid;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician', 'scheduler');
  if p_patient_id is not null and not exists (
    select from public.org_patients as known
    where known.org_id = v_org_id and known.patient_id = p_patient_id and known.deleted_at is null
  ) then
    perform app.raise_error(
      'not_found', 'There is no such patient in your organization.', jsonb_build_object('field', 'p_patient_id')
    );
  end if;
  insert into public.nurse_questions (org_id, patient_id, question_text)
  values (v_org_id, p_patient_id, app.plain(p_question_text))
  returning id into v_id;
  return v_id;
end
$$;

comment on function app.post_nurse_question(text, uuid) is
'What public.ask_nurse_question does; authorizes for itself.';

create function public.ask_nurse_question(p_question_text text, p_patient_id uuid default null) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input(
    'p_question_text', length(p_question_text) between 1 and 2000, 'A question has 1 to 2000 characters.'
  );

  return app.post_nurse_question(p_question_text, p_patient_id);
end
$$;

comment on function public.ask_nurse_question(text, uuid) is
'Puts a question before the nurses of the active organization; its id. For clinical staff and the front desk, who take
questions down.
p_question_text: 1 to 2000 characters. p_patient_id: who asks or whom it is about, if known.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found.';

revoke all on function app.post_nurse_question(text, uuid) from public;
grant execute on function app.post_nurse_question(text, uuid) to authenticated;
revoke all on function public.ask_nurse_question(text, uuid) from public, anon, authenticated, service_role;
grant execute on function public.ask_nurse_question(text, uuid) to authenticated;

-- SECURITY DEFINER because nobody writes the questions; bound to what the caller has claimed in the active
-- organization.
create function app.finish_nurse_question(p_question_id uuid) returns timestamptz
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_answered_at timestamptz;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  select questions.answered_at into v_answered_at
  from public.nurse_questions as questions
  where
    questions.org_id = app.current_org() and questions.id = p_question_id
    and questions.claimed_by = app.my_id() and questions.deleted_at is null
  for no key update;
  if not found then
    perform app.raise_error('not_found', 'You have taken no such question.');
  end if;
  if v_answered_at is null then
    update public.nurse_questions as questions
    set answered_at = greatest(app.clock(), questions.claimed_at)
    where questions.org_id = app.current_org() and questions.id = p_question_id
    returning questions.answered_at into v_answered_at;
  end if;
  return v_answered_at;
end
$$;

comment on function app.finish_nurse_question(uuid) is
'What public.answer_nurse_question does; authorizes for itself.';

create function public.answer_nurse_question(p_question_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_question_id', p_question_id is not null, 'Say which question.');

  return app.finish_nurse_question(p_question_id);
end
$$;

comment on function public.answer_nurse_question(uuid) is
'Marks a question that the caller has claimed as answered; when it was.
p_question_id: which.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found.
Idempotent: yes.';

revoke all on function app.finish_nurse_question(uuid) from public;
grant execute on function app.finish_nurse_question(uuid) to authenticated;
revoke all on function public.answer_nurse_question(uuid) from public, anon, authenticated, service_role;
grant execute on function public.answer_nurse_question(uuid) to authenticated;

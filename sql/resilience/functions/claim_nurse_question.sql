-- Two who claim at once: the second waits for the first's commit and finds the question taken; if the first gives up,
-- the second has it.
--
-- SECURITY DEFINER because nobody writes the questions; require_role is the authorization, the active organization the
-- bound.
create function app.take_nurse_question(p_question_id uuid) returns timestamptz
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_claimed_at timestamptz;
  v_claimed_by uuid;
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  update public.nurse_questions as questions set claimed_by = app.my_id(), claimed_at = app.clock()
  where
    questions.org_id = v_org_id and questions.id = p_question_id and questions.claimed_at is null
    and questions.deleted_at is null
  returning questions.claimed_at into v_claimed_at;
  if found then
    return v_claimed_at;
  end if;
  select questions.claimed_at, questions.claimed_by into v_claimed_at, v_claimed_by
  from public.nurse_questions as questions
  where questions.org_id = v_org_id and questions.id = p_question_id and questions.deleted_at is null;
  if not found then
    perform app.raise_error('not_found', 'There is no such question in your organization.');
  elsif v_claimed_by is distinct from app.my_id() then
    perform app.raise_error('conflict', 'Somebody else has taken this question.');
  end if;
  return v_claimed_at;
end
$$;

comment on function app.take_nurse_question(uuid) is
'What public.claim_nurse_question does; authorizes for itself.';

create function public.claim_nurse_question(p_question_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_question_id', p_question_id is not null, 'Say which question.');

  return app.take_nurse_question(p_question_id);
end
$$;

comment on function public.claim_nurse_question(uuid) is
'Takes a question on; when it was. Of two who claim it at once one has it, the other is told conflict. For care and case
managers, nurses and clinicians.
p_question_id: which.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input, not_found, conflict.
Idempotent: yes.';

revoke all on function app.take_nurse_question(uuid) from public;
grant execute on function app.take_nurse_question(uuid) to authenticated;
revoke all on function public.claim_nurse_question(uuid) from public, anon, authenticated, service_role;
grant execute on function public.claim_nurse_question(uuid) to authenticated;

-- What a nurse may answer and what she has taken on; not what others answer. Two bounded looks at two indexes, each
-- newest first, then the newest of both.
--
-- SECURITY DEFINER because nobody reads the questions but by this; require_role is the authorization. One access event
-- per call says of whom questions were shown.
create function app.read_nurse_questions(
  p_is_mine boolean, p_limit integer, p_before uuid, p_purpose public.access_purpose
) returns table (
  id uuid, patient_id uuid, question_text text, asked_at timestamptz, claimed_at timestamptz,
  answered_at timestamptz
)
language plpgsql volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_org_id constant uuid := app.current_org();
  v_my_id constant uuid := app.my_id();
  v_before constant uuid := coalesce(p_before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_ids uuid[];
begin
  perform app.require_role('care_manager', 'case_manager', 'nurse', 'clinician');
  select array_agg(shown.id) into v_ids
  from (
    (
      select questions.id
      from public.nurse_questions as questions
      where
        questions.org_id = v_org_id and questions.claimed_at is null and questions.deleted_at is null
        and questions.id < v_before and not p_is_mine
      order by questions.id desc
      limit p_limit
    )
    union all
    (
      select questions.id
      from public.nurse_questions as questions
      where
        questions.org_id = v_org_id and questions.claimed_by = v_my_id and questions.deleted_at is null
        and questions.id < v_before
      order by questions.id desc
      limit p_limit
    )
    order by 1 desc
    limit p_limit
  ) as shown;
  if v_ids is null then
    return;
  end if;
  return query
  select
    questions.id, questions.patient_id, opened.question_text, questions.asked_at, questions.claimed_at,
    questions.answered_at
  from public.nurse_questions as questions
  inner join app.open_nurse_questions(v_ids, p_purpose) as opened on opened.id = questions.id
  where questions.org_id = v_org_id and questions.id = any(v_ids)
  order by questions.id desc;
end
$$;

comment on function app.read_nurse_questions(boolean, integer, uuid, public.access_purpose) is
'What public.get_nurse_questions does; authorizes for itself.';

create function public.get_nurse_questions(
  p_is_mine boolean default false, p_limit integer default 50, p_before uuid default null,
  p_purpose public.access_purpose default 'treatment'
) returns table (
  id uuid, patient_id uuid, question_text text, asked_at timestamptz, claimed_at timestamptz,
  answered_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_is_mine', p_is_mine is not null, 'Say whether only what you have taken on.');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input('p_purpose', p_purpose is not null, 'Say what for.');

  return query
  select shown.* from app.read_nurse_questions(p_is_mine, p_limit, p_before, p_purpose) as shown;
end
$$;

comment on function public.get_nurse_questions(boolean, integer, uuid, public.access_purpose) is
'Questions that nobody has taken on and those that the caller has, newest first. For care and case managers, nurses and
clinicians; the call is logged.
p_is_mine: only those that the caller has taken on. p_limit: at most so many, 1 to 500.
p_before: only those older than this id, for the next page. p_purpose: what for.
question_text: null where the organization''s key was destroyed.
Never null: id, asked_at.
Errors: not_authenticated, mfa_required, permission_denied, feature_disabled, invalid_input.';

revoke all on function app.read_nurse_questions(boolean, integer, uuid, public.access_purpose) from public;
grant execute on function app.read_nurse_questions(boolean, integer, uuid, public.access_purpose) to authenticated;
revoke all on function public.get_nurse_questions(boolean, integer, uuid, public.access_purpose)
from public, anon, authenticated, service_role;
grant execute on function public.get_nurse_questions(boolean, integer, uuid, public.access_purpose) to authenticated;

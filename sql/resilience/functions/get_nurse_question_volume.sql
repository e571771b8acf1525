-- Of somebody else: by a role, and only while that person wants to be offered help in person. Whoever does not, who is
-- of another organization and who does not exist are one and the same answer. What is told is logged.
--
-- SECURITY DEFINER because nobody reads the questions of others; the role, the active organization and the person's
-- consent are the authorization.
create function app.question_volume(p_user_id uuid, p_days integer) returns integer
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_is_own constant boolean := coalesce(p_user_id = app.my_id(), false);
  v_count integer;
begin
  perform app.require_member();
  if not v_is_own and (
    not app.has_role('admin', 'care_manager', 'wellness_officer')
    or app.consent_level(v_org_id, p_user_id) is distinct from 'may_be_contacted'
    or app.find_provider(v_org_id, p_user_id) is null
  ) then
    perform app.raise_error('not_found', 'There is no such practitioner whose figures you may see.');
  end if;
  select count(*) into v_count
  from public.nurse_questions as questions
  where
    questions.org_id = v_org_id and questions.claimed_by = p_user_id
    and questions.claimed_on >= app.today() - p_days and questions.claimed_on <= app.today()
    and questions.deleted_at is null;
  if not v_is_own then
    perform app.note_access('operations', 'public.nurse_questions', v_org_id, array[p_user_id], v_count, '{}');
  end if;
  return v_count;
end
$$;

comment on function app.question_volume(uuid, integer) is
'What public.get_nurse_question_volume does; authorizes for itself.';

create function public.get_nurse_question_volume(p_user_id uuid, p_days integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say whose.');
  perform app.check_input('p_days', p_days between 0 and 366, 'Days is a number from 0 to 366.');

  return app.question_volume(p_user_id, p_days);
end
$$;

comment on function public.get_nurse_question_volume(uuid, integer) is
'How many questions somebody has claimed since so many days ago, today included. Everybody asks for themselves;
administrators, care managers and wellness officers also for those who agreed to be contacted, which is logged.
p_user_id: whose. p_days: 0 is today alone; at most 366.
Errors: not_authenticated, permission_denied, feature_disabled, invalid_input, not_found (also where somebody did not
agree to be contacted).';

revoke all on function app.question_volume(uuid, integer) from public;
grant execute on function app.question_volume(uuid, integer) to authenticated;
revoke all on function public.get_nurse_question_volume(uuid, integer) from public, anon, authenticated, service_role;
grant execute on function public.get_nurse_question_volume(uuid, integer) to authenticated;

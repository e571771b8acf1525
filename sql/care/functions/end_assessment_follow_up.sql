-- SECURITY DEFINER because nobody writes the table; it asks for a role at the site, and for a member of staff.
create function app.end_assessment_follow_up(p_id uuid) returns public.assessment_follow_ups
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_ended public.assessment_follow_ups;
begin
  perform app.require_carer();
  select follow_ups.* into v_ended
  from public.assessment_follow_ups as follow_ups
  where
    follow_ups.org_id = app.current_org() and follow_ups.id = p_id
    and follow_ups.site_id = any(app.my_sites('manager', 'care_manager', 'nurse', 'clinician', 'carer'))
  for update;
  if v_ended.id is null then
    perform app.raise_error('not_found', 'There is no such follow-up at your sites.');
  end if;
  if v_ended.done_by = app.my_id() then
    return v_ended;
  end if;
  if v_ended.done_at is not null or v_ended.cancelled_at is not null then
    perform app.raise_error('conflict', 'This was done before, or is no longer wanted.');
  end if;
  update public.assessment_follow_ups as follow_ups set done_at = app.clock(), done_by = app.signing_staff()
  where follow_ups.org_id = v_ended.org_id and follow_ups.id = v_ended.id
  returning follow_ups.* into v_ended;
  return v_ended;
end
$$;

comment on function app.end_assessment_follow_up(uuid) is
'What public.complete_assessment_follow_up does; authorizes for itself.';

revoke all on function app.end_assessment_follow_up(uuid) from public;
grant execute on function app.end_assessment_follow_up(uuid) to authenticated;

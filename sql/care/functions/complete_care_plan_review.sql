create function public.complete_care_plan_review(
  p_review_id uuid,
  p_outcome public.care_plan_review_outcome,
  p_note text default null
)
returns public.care_plan_reviews
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_review_id', p_review_id is not null, 'Say which review.');
  perform app.check_input('p_outcome', p_outcome is not null, 'Say what came of it.');
  perform app.check_input(
    'p_note', coalesce(length(p_note) between 1 and 4000, true),
    'A note has 1 to 4,000 characters.'
  );
  return app.complete_care_plan_review(p_review_id, p_outcome, p_note);
end
$$;

comment on function public.complete_care_plan_review(uuid, public.care_plan_review_outcome, text) is
'A care plan was reviewed; the next review is scheduled by its risk, unless the plan ends. For managers, care managers, nurses
and clinicians of the site who are members of staff.
p_review_id: the review; conflict once it is done or the plan has ended.
p_outcome: unchanged, changed (write a draft) or ended (ends the plan).
p_note: what was found, 1 to 4000 characters. PHI.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.complete_care_plan_review(
  uuid, public.care_plan_review_outcome, text
) from public, anon, authenticated, service_role;
grant execute on function public.complete_care_plan_review(
  uuid, public.care_plan_review_outcome, text
) to authenticated;

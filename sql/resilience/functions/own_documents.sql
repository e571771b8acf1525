-- The parts of export_my_resilience_data(), for that function only: they ask nobody's leave, and are granted to nobody.

-- Answers are opened where there are any; the opening leaves its event like every other.
create function app.assessments_as_document(p_org_id uuid, p_user_id uuid) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ids constant uuid[] := array(
    select assessments.id from public.provider_burnout_assessments as assessments
    where assessments.org_id = p_org_id and assessments.user_id = p_user_id
  );
  v_answers jsonb := '{}';
begin
  if cardinality(v_ids) > 0 then
    select coalesce(jsonb_object_agg(opened.id, opened.answers), '{}') into v_answers
    from app.open_provider_burnout_assessments(v_ids, 'patient_request') as opened;
  end if;
  return jsonb_build_object(
    'provider_burnout_assessments', (
      select coalesce(
        jsonb_agg(
          to_jsonb(assessments) || jsonb_build_object('answers', v_answers -> assessments.id::text)
          order by assessments.assessment_date, assessments.id
        ), '[]'
      )
      from public.provider_burnout_assessments as assessments
      where assessments.org_id = p_org_id and assessments.user_id = p_user_id
    ),
    'provider_assessment_scores', (
      select coalesce(jsonb_agg(to_jsonb(scores) order by scores.assessment_id, scores.scale_code), '[]')
      from public.provider_assessment_scores as scores
      where scores.org_id = p_org_id and scores.user_id = p_user_id
    )
  );
end
$$;

comment on function app.assessments_as_document(uuid, uuid) is 'A person''s assessments, answers opened, with their scores.';

create function app.help_as_document(p_org_id uuid, p_user_id uuid) returns jsonb
language sql stable
set search_path = ''
as $$
  select jsonb_build_object(
    'provider_training_completions', (
      select coalesce(jsonb_agg(to_jsonb(trainings) order by trainings.started_at), '[]')
      from public.provider_training_completions as trainings
      where trainings.org_id = p_org_id and trainings.user_id = p_user_id
    ),
    'provider_prompts', (
      select coalesce(jsonb_agg(to_jsonb(prompts) order by prompts.id), '[]')
      from public.provider_prompts as prompts
      where prompts.org_id = p_org_id and prompts.user_id = p_user_id
    ),
    'provider_interventions', (
      select coalesce(jsonb_agg(to_jsonb(cases) order by cases.opened_at, cases.id), '[]')
      from public.provider_interventions as cases
      where cases.org_id = p_org_id and cases.user_id = p_user_id
    ),
    'provider_intervention_contacts', (
      select coalesce(jsonb_agg(to_jsonb(contacts) order by contacts.id), '[]')
      from public.provider_intervention_contacts as contacts
      where contacts.org_id = p_org_id and contacts.user_id = p_user_id
    ),
    'provider_crisis_acknowledgements', (
      select coalesce(jsonb_agg(to_jsonb(seen) order by seen.id), '[]')
      from public.provider_crisis_acknowledgements as seen
      where seen.org_id = p_org_id and seen.user_id = p_user_id
    ),
    'provider_support_circle_invitations', (
      select coalesce(jsonb_agg(to_jsonb(invitations) order by invitations.id), '[]')
      from public.provider_support_circle_invitations as invitations
      where invitations.org_id = p_org_id and invitations.user_id = p_user_id
    ),
    'provider_reflection_reports', (
      select coalesce(jsonb_agg(to_jsonb(reports) order by reports.id), '[]')
      from public.provider_reflection_reports as reports
      where reports.org_id = p_org_id and reports.user_id = p_user_id
    ),
    'provider_panel_pauses', (
      select coalesce(jsonb_agg(to_jsonb(pauses)), '[]')
      from public.provider_panel_pauses as pauses
      where pauses.org_id = p_org_id and pauses.user_id = p_user_id
    )
  )
$$;

comment on function app.help_as_document(uuid, uuid) is
'What a person learned, was asked, offered, invited to and reported, by table.';

revoke all on function app.assessments_as_document(uuid, uuid) from public;
revoke all on function app.help_as_document(uuid, uuid) from public;

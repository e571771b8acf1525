create function public.import_questionnaire(p_questionnaire jsonb) returns public.instruments
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
  v_made public.instruments;
begin
  perform app.require_role('super_admin');
  perform app.check_input(
    'p_questionnaire',
    jsonb_typeof(p_questionnaire) = 'object' and app.check_json(p_questionnaire, 500000, 12)
    and p_questionnaire ->> 'resourceType' = 'Questionnaire',
    'A questionnaire is a FHIR R4 Questionnaire of at most 500,000 bytes.'
  );
  v_id := app.import_questionnaire(p_questionnaire);
  select instruments.* into v_made from public.instruments where instruments.id = v_id;
  return v_made;
end
$$;

comment on function public.import_questionnaire(jsonb) is
'Brings an instrument in as a draft, or replaces the draft of the same code and version. Set is_active of the row to
publish it. For super_admin.
p_questionnaire: a FHIR R4 Questionnaire of the form that get_questionnaire() gives, in the instrument''s own language.
What would not come back equal is refused (invalid_input, details name the elements), except status, which is draft.
Returns the draft''s row.
Errors: not_authenticated, permission_denied, mfa_required, invalid_input, conflict (that version was published).
Idempotent: yes.';

revoke all on function public.import_questionnaire(jsonb) from public, anon, authenticated, service_role;
grant execute on function public.import_questionnaire(jsonb) to authenticated;

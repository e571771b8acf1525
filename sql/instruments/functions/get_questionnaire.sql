create function public.get_questionnaire(p_code text, p_version text default null, p_language text default 'en')
returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_person();
  perform app.check_input('p_code', p_code is not null, 'Say which instrument.');
  perform app.check_input('p_language', p_language is not null, 'Say in which language.');

  select instruments.id into v_id
  from public.instruments
  where
    instruments.code = p_code
    and case when p_version is null then instruments.is_active else instruments.instrument_version = p_version end;
  if v_id is null then
    perform app.raise_error('not_found', 'There is no such instrument in use.');
  end if;
  return app.questionnaire(v_id, p_language);
end
$$;

comment on function public.get_questionnaire(text, text, text) is
'An instrument as FHIR R4 Questionnaire, with licence, citation, scales and bands in extensions of our own. For anyone
who is signed in.
p_code: the instrument''s code, as list_instruments() gives it.
p_version: of this version; the one in use when null. Drafts and retired versions are for super_admin.
p_language: with the texts in this language, if the instrument has been translated into it; else in its own, with all
translations beside them. The element language says which.
Errors: not_authenticated, mfa_required, not_found, invalid_input.';

revoke all on function public.get_questionnaire(text, text, text) from public, anon, authenticated, service_role;
grant execute on function public.get_questionnaire(text, text, text) to authenticated;

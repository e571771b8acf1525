create function public.write_reflection(
  p_circle_id uuid,
  p_reflection_text text,
  p_is_anonymous boolean default false
) returns public.support_circle_reflections
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
  v_reflection public.support_circle_reflections;
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  perform app.check_input('p_circle_id', p_circle_id is not null, 'Say which circle.');
  perform app.check_input(
    'p_reflection_text', length(p_reflection_text) <= 4000 and p_reflection_text ~ '\S',
    'A reflection is a text of 1 to 4000 characters.'
  );
  perform app.check_input('p_is_anonymous', p_is_anonymous is not null, 'Say whether you stay unnamed.');
  if p_circle_id <> all(app.my_circles()) then
    perform app.raise_error('not_found', 'You are in no such circle.');
  end if;

  insert into public.provider_support_reflections (circle_id, reflection_text, is_anonymous)
  values (p_circle_id, p_reflection_text, p_is_anonymous)
  returning id into v_id;
  select reflections.* into v_reflection
  from public.support_circle_reflections as reflections
  where reflections.org_id = (select app.current_org()) and reflections.id = v_id;
  return v_reflection;
end
$$;

comment on function public.write_reflection(uuid, text, boolean) is
'Writes to one of the caller''s support circles. It cannot be changed afterwards.
p_circle_id: one of the caller''s circles (any other is not_found) that has not ended (else conflict).
p_reflection_text: 1 to 4000 characters; nothing about a patient.
p_is_anonymous: hides the author from everyone, and the time but for
the hour. Needs three members or more (else
conflict): between two, the other one knows.
Returns the reflection as the circle sees it.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.write_reflection(uuid, text, boolean) from public, anon, authenticated, service_role;
grant execute on function public.write_reflection(uuid, text, boolean) to authenticated;

-- SECURITY DEFINER because nobody writes audits; the sites of the caller's roles are the authorization.
create function app.record_quality_audit(
  p_site_id uuid,
  p_title text,
  p_audited_on date,
  p_findings text,
  p_key_questions public.key_question[],
  p_score_percent numeric,
  p_next_due_on date
) returns uuid
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'org_owner', 'compliance_lead');
  if not p_site_id = any(app.my_sites('manager', 'org_owner', 'compliance_lead')) then
    perform app.raise_error('not_found', 'There is no such site that you answer for.');
  end if;
  insert into public.quality_audits (
    org_id, site_id, title, audited_on, findings, key_questions, score_percent, next_due_on
  )
  values (
    app.current_org(), p_site_id, p_title, p_audited_on, app.plain(p_findings), p_key_questions, p_score_percent,
    p_next_due_on
  )
  returning quality_audits.id into v_id;
  return v_id;
end
$$;

comment on function app.record_quality_audit(uuid, text, date, text, public.key_question[], numeric, date) is
'What public.record_quality_audit does; authorizes for itself.';

create function public.record_quality_audit(
  p_site_id uuid,
  p_title text,
  p_audited_on date,
  p_findings text,
  p_key_questions public.key_question[] default '{}',
  p_score_percent numeric default null,
  p_next_due_on date default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_title', length(p_title) <= 200 and p_title ~ '\S', 'A title has 1 to 200 characters.');
  perform app.check_input(
    'p_audited_on', p_audited_on <= (app.clock() + interval '1 day')::date, 'Say when the audit was.'
  );
  perform app.check_input(
    'p_findings', length(p_findings) <= 8000 and p_findings ~ '\S', 'Findings have 1 to 8000 characters.'
  );
  perform app.check_input(
    'p_key_questions', cardinality(p_key_questions) <= 5 and array_position(p_key_questions, null) is null,
    'There are five key questions.'
  );
  perform app.check_input(
    'p_score_percent', coalesce(p_score_percent between 0 and 100, true), 'A score is a number from 0 to 100.'
  );
  perform app.check_input(
    'p_next_due_on', coalesce(p_next_due_on > p_audited_on, true), 'The next one is after this one.'
  );
  return app.record_quality_audit(
    p_site_id, p_title, p_audited_on, p_findings, p_key_questions, p_score_percent, p_next_due_on
  );
end
$$;

comment on function public.record_quality_audit(uuid, text, date, text, public.key_question[], numeric, date) is
'Writes down an audit of a site; its id. For managers of the site, owners and compliance leads.
p_site_id: the site. p_title: what was looked at, 1 to 200 characters; nothing about a person.
p_audited_on: the day of the audit. p_findings: what was found, 1 to 8000 characters; stored sealed.
p_key_questions: the key questions that it answers. p_score_percent: its result, 0 to 100; null: without a score.
p_next_due_on: when it is to be done again.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function app.record_quality_audit(
  uuid, text, date, text, public.key_question[], numeric, date
) from public;
grant execute on function app.record_quality_audit(
  uuid, text, date, text, public.key_question[], numeric, date
) to authenticated;
revoke all on function public.record_quality_audit(
  uuid, text, date, text, public.key_question[], numeric, date
)
from public, anon, authenticated, service_role;
grant execute on function public.record_quality_audit(
  uuid, text, date, text, public.key_question[], numeric, date
) to authenticated;

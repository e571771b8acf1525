-- SECURITY DEFINER because nobody writes evidence; the sites of the caller's roles are the authorization.
create function app.link_inspection_evidence(
  p_site_id uuid,
  p_key_question public.key_question,
  p_kind public.evidence_kind,
  p_evidence_id uuid,
  p_title text,
  p_expires_on date
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
  -- The keys of the table say the same: what is pointed at is there, of this kind and at this site.
  if not app.is_evidence(app.current_org(), p_site_id, p_kind, p_evidence_id) then
    perform app.raise_error('not_found', 'There is no such thing at this site.', '{"field": "p_evidence_id"}');
  end if;
  insert into public.inspection_evidence (
    org_id, site_id, key_question, kind, incident_id, complaint_id, audit_id, action_id, title, expires_on
  )
  values (
    app.current_org(), p_site_id, p_key_question, p_kind,
    case p_kind when 'incident' then p_evidence_id end, case p_kind when 'complaint' then p_evidence_id end,
    case p_kind when 'quality_audit' then p_evidence_id end, case p_kind when 'audit_action' then p_evidence_id end,
    p_title, p_expires_on
  )
  on conflict do nothing
  returning inspection_evidence.id into v_id;
  if v_id is null then
    perform app.raise_error('conflict', 'It answers this question already.');
  end if;
  return v_id;
end
$$;

comment on function app.link_inspection_evidence(uuid, public.key_question, public.evidence_kind, uuid, text, date) is
'What public.link_inspection_evidence does; authorizes for itself.';

create function public.link_inspection_evidence(
  p_site_id uuid,
  p_key_question public.key_question,
  p_kind public.evidence_kind,
  p_evidence_id uuid,
  p_title text,
  p_expires_on date default null
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_site_id', p_site_id is not null, 'Say which site.');
  perform app.check_input('p_key_question', p_key_question is not null, 'Say which question it answers.');
  perform app.check_input('p_kind', p_kind is not null, 'Say what it is.');
  perform app.check_input('p_evidence_id', p_evidence_id is not null, 'Say which one it is.');
  perform app.check_input('p_title', length(p_title) <= 200 and p_title ~ '\S', 'A title has 1 to 200 characters.');
  return app.link_inspection_evidence(p_site_id, p_key_question, p_kind, p_evidence_id, p_title, p_expires_on);
end
$$;

comment on function public.link_inspection_evidence(
  uuid, public.key_question, public.evidence_kind, uuid, text, date
) is
'Says that something shows how a site answers a key question; the id of the evidence. For managers of the site, owners
and compliance leads.
p_site_id: the site. p_key_question: safe, effective, caring, responsive, well_led.
p_kind, p_evidence_id: an incident, complaint, quality_audit or audit_action of that site; not_found otherwise.
p_title: what it shows, 1 to 200 characters; nothing about a person.
p_expires_on: it shows nothing any more from then on.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.link_inspection_evidence(
  uuid, public.key_question, public.evidence_kind, uuid, text, date
) from public;
grant execute on function app.link_inspection_evidence(
  uuid, public.key_question, public.evidence_kind, uuid, text, date
) to authenticated;
revoke all on function public.link_inspection_evidence(
  uuid, public.key_question, public.evidence_kind, uuid, text, date
)
from public, anon, authenticated, service_role;
grant execute on function public.link_inspection_evidence(
  uuid, public.key_question, public.evidence_kind, uuid, text, date
) to authenticated;

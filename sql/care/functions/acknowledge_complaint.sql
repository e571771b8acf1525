-- SECURITY DEFINER because nobody writes complaints; app.find_complaint() is the authorization.
create function app.acknowledge_complaint(p_id uuid) returns timestamptz
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_complaint public.complaints;
begin
  v_complaint := app.find_complaint(p_id);
  update public.complaints set acknowledged_at = app.clock()
  where
    complaints.org_id = v_complaint.org_id and complaints.id = v_complaint.id and complaints.acknowledged_at is null
  returning complaints.acknowledged_at into v_complaint.acknowledged_at;
  return coalesce(v_complaint.acknowledged_at, (
    select known.acknowledged_at from public.complaints as known
    where known.org_id = app.current_org() and known.id = p_id
  ));
end
$$;

comment on function app.acknowledge_complaint(uuid) is
'What public.acknowledge_complaint does; authorizes for itself.';

create function public.acknowledge_complaint(p_id uuid) returns timestamptz
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which complaint.');
  return app.acknowledge_complaint(p_id);
end
$$;

comment on function public.acknowledge_complaint(uuid) is
'Says that whoever complained was told that their complaint is looked into; when they were. For managers of the site,
owners and compliance leads.
p_id: the complaint.
Errors: feature_disabled, permission_denied, not_found, invalid_input.
Idempotent: yes.';

revoke all on function app.acknowledge_complaint(uuid) from public;
grant execute on function app.acknowledge_complaint(uuid) to authenticated;
revoke all on function public.acknowledge_complaint(uuid)
from public, anon, authenticated, service_role;
grant execute on function public.acknowledge_complaint(uuid) to authenticated;

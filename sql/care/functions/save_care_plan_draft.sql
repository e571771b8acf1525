create function public.save_care_plan_draft(
  p_version_id uuid,
  p_changes jsonb,
  p_base jsonb default null,
  p_base_version integer default null,
  p_request_key uuid default null,
  out row_values jsonb,
  out is_changed boolean,
  out conflicts jsonb
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_strategies constant jsonb :=
    '{"needs": "reject", "goals": "reject", "interventions": "reject", "risk_level": "reject"}';
begin
  perform app.require_feature('care_homes');
  perform app.require_role('manager', 'care_manager', 'nurse', 'clinician');
  perform app.check_input('p_version_id', p_version_id is not null, 'Say which draft.');
  perform app.check_merge(v_strategies, p_changes, p_base, p_base_version);
  perform app.check_input(
    'p_changes',
    not exists (
      select from jsonb_each(p_changes) as fields
      where jsonb_typeof(fields.value) <> 'string' or length(fields.value #>> '{}') > 10000
    )
    and coalesce(p_changes ->> 'risk_level' in ('low', 'medium', 'high'), true),
    'Each field is a text of at most 10,000 characters; risk_level is low, medium or high.'
  );
  select saved.row_values, saved.is_changed, saved.conflicts into row_values, is_changed, conflicts
  from app.save_care_plan_draft(p_version_id, p_changes, p_base, p_base_version, p_request_key, v_strategies) as saved;
end
$$;

comment on function public.save_care_plan_draft(uuid, jsonb, jsonb, integer, uuid) is
'Changes fields of a draft while others may be changing it, too: as merge_<table>() does, for fields that are sealed. One
that nobody else touched since is written; one that somebody did comes back as a conflict. For managers, care managers,
nurses and clinicians of the site; it opens the draft and leaves an access event.
p_version_id: the draft; conflict once it is published or discarded.
p_changes: an object of the fields to change: needs, goals, interventions, risk_level.
p_base: the same fields as you read them. p_base_version: or the version of the row as you read it.
p_request_key: a uuid of your own for this request; asked again under it, within a day, nothing is changed twice.
row_values: the draft as it is now: the four fields, id, care_plan_id, version. PHI.
is_changed: whether this call changed it.
conflicts: a list of {field, base, theirs, yours}, empty if there is none; ask your user, then send theirs as base. PHI.
Never null: row_values, is_changed, conflicts.
Protected: row_values, conflicts.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function public.save_care_plan_draft(
  uuid, jsonb, jsonb, integer, uuid
) from public, anon, authenticated, service_role;
grant execute on function public.save_care_plan_draft(
  uuid, jsonb, jsonb, integer, uuid
) to authenticated;

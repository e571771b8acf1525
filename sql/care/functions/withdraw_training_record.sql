create function public.withdraw_training_record(p_id uuid) returns public.training_records
language plpgsql volatile
set search_path = ''
as $$
declare
  v_record public.training_records;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('compliance_lead');
  perform app.check_input('p_id', p_id is not null, 'Say which record.');
  update public.training_records as records
  set status = 'withdrawn'
  where records.org_id = (select app.current_org()) and records.id = p_id
  returning * into v_record;
  if v_record.id is null then
    perform app.raise_error('not_found', 'There is no such record.');
  end if;
  return v_record;
end
$$;

comment on function public.withdraw_training_record(uuid) is
'Withdraws a record of training that was made in error: it stays, and counts for nothing.
p_id: the record.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.withdraw_training_record(uuid) from public, anon, authenticated, service_role;
grant execute on function public.withdraw_training_record(uuid) to authenticated;

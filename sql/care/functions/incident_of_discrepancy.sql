-- A count that does not fit is an incident of the home, whoever would rather not report it. Its words name no medicine:
-- which one it is, the discrepancy says to who may read it. Not a definer and granted to nobody: who calls it has
-- authorized.
create function app.open_discrepancy_incident(p_discrepancy public.medication_discrepancies) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_incident public.incidents;
begin
  if p_discrepancy.incident_id is not null then
    return p_discrepancy.incident_id;
  end if;
  insert into public.incidents (org_id, site_id, kind, severity, occurred_at, reported_by, description)
  values (
    p_discrepancy.org_id, p_discrepancy.site_id, 'medication',
    case when p_discrepancy.is_controlled then 'severe' else 'low' end::public.incident_severity,
    app.clock(), app.my_id(), app.plain('A stock of medicine was counted, and it is not what should be there.')
  )
  returning * into v_incident;
  if p_discrepancy.resident_id is not null then
    perform app.add_incident_person(v_incident, 'involved', p_discrepancy.resident_id, null, null, null);
  end if;
  update public.medication_discrepancies as discrepancies set incident_id = v_incident.id
  where discrepancies.org_id = p_discrepancy.org_id and discrepancies.id = p_discrepancy.id;
  return v_incident.id;
end
$$;

comment on function app.open_discrepancy_incident(public.medication_discrepancies) is
'Opens the incident of a discrepancy, reported by the caller: severe of a controlled drug, else low; its clocks run.
The one that it has already stays.';

revoke all on function app.open_discrepancy_incident(public.medication_discrepancies) from public;

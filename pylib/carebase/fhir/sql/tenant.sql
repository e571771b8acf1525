-- The resource that is the importing organization itself: references to it need no external organization.
insert into app.fhir_links (org_id, resource_type, fhir_id, local_id)
select run.org_id, 'Organization', %(fhir_id)s, run.org_id
from pg_temp.import_run as run
on conflict (org_id, resource_type, fhir_id) do update set local_id = excluded.local_id
where fhir_links.local_id <> excluded.local_id;

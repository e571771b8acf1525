-- What somebody still has to do after a dose: to witness it within half an hour, to look whether it helped.
create function app.job_remind_medication(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row record;
  v_count integer := 0;
begin
  perform app.ensure_template(
    p_org_id, 'medication.effect', 'in_app', 'Did it help?', 'Please say whether it helped: {{ link }}',
    '{"link": "link"}'
  );
  for v_row in
    select
      administrations.id, administrations.administered_by,
      exists (
        select from public.medication_effects as effects
        where effects.org_id = administrations.org_id and effects.administration_id = administrations.id
      ) as is_known
    from public.medication_administrations as administrations
    where
      administrations.org_id = p_org_id and administrations.reminded_at is null
      and administrations.effect_due_at <= app.clock()
    order by administrations.effect_due_at
    limit p_limit
    for no key update skip locked
  loop
    if not v_row.is_known then
      perform app.enqueue_notification(
        p_org_id, 'in_app', v_row.administered_by, 'medication.effect',
        jsonb_build_object('link', '/care/medication/administrations/' || v_row.id),
        p_dedupe_key => 'medication.effect:' || v_row.id
      );
    end if;
    update public.medication_administrations as administrations set reminded_at = app.clock()
    where administrations.org_id = p_org_id and administrations.id = v_row.id;
    v_count := v_count + 1;
  end loop;
  return greatest(v_count, app.remind_of_witnesses(p_org_id, p_limit));
end
$$;

comment on function app.job_remind_medication(uuid, integer) is
'Scheduled: asks whoever gave something as needed whether it helped, and tells of controlled drugs that wait for a
witness for half an hour; p_limit at a time. Idempotent: yes.';

create function app.remind_of_witnesses(p_org_id uuid, p_limit integer) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row record;
  v_count integer := 0;
begin
  for v_row in
    select administrations.id, administrations.site_id
    from public.medication_administrations as administrations
    where
      administrations.org_id = p_org_id and administrations.status = 'awaiting_witness'
      and administrations.witness_reminded_at is null
      and administrations.occurred_at <= app.clock() - interval '30 minutes'
    order by administrations.occurred_at
    limit p_limit
    for no key update skip locked
  loop
    perform app.tell_care_site(
      p_org_id, v_row.site_id, '{manager,nurse}', 'medication.awaiting_witness', 'A second signature is missing',
      'Somebody waits for a second signature: {{ link }}', '/care/medication/administrations/' || v_row.id,
      v_row.id::text
    );
    update public.medication_administrations as administrations set witness_reminded_at = app.clock()
    where administrations.org_id = p_org_id and administrations.id = v_row.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.remind_of_witnesses(uuid, integer) is
'Tells nurses and managers of controlled drugs that have waited for a witness for half an hour; of how many.';

revoke all on function app.job_remind_medication(uuid, integer) from public;
revoke all on function app.remind_of_witnesses(uuid, integer) from public;

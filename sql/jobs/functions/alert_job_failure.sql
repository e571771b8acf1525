-- The one place that tells somebody, in the transaction that writes the last of a row of failures. Those who run the
-- platform are told: a job is theirs also when it worked for one organization. The message names the job and the run;
-- what went wrong is read where access is checked.
create function app.alert_job_failure(p_run_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_job_name text;
  v_payload jsonb;
  v_told record;
begin
  update public.job_runs as runs
  set alerted_at = clock_timestamp()
  where runs.id = p_run_id
  returning runs.job_name into v_job_name;
  v_payload := jsonb_build_object('job', v_job_name, 'run', p_run_id);

  for v_told in
    select distinct roles.org_id, roles.user_id
    from public.role_assignments as roles
    where roles.role = 'super_admin' and roles.deleted_at is null and roles.valid_during @> app.clock()
  loop
    perform app.ensure_job_failed_templates(v_told.org_id);
    perform app.tell_people(v_told.org_id, array[v_told.user_id], 'job.failed', v_payload, p_run_id::text);
  end loop;

  perform app.emit_event(platforms.org_id, 'job.failed', v_payload, 'job.failed:' || p_run_id)
  from (
    select orgs.id as org_id
    from public.organizations as orgs
    inner join public.notification_templates as templates
      on templates.org_id = orgs.id and templates.template_key = 'job.failed' and templates.channel = 'webhook'
    where orgs.kind = 'platform' and orgs.deleted_at is null and templates.deleted_at is null
  ) as platforms;
end
$$;

comment on function app.alert_job_failure(uuid) is
'Tells those who run the platform of a job that failed as often in a row as it may (scheduled_jobs.alert_after): by
mail, in the application and to their webhooks for job.failed. Marks the run as told of.';

create function app.ensure_job_failed_templates(p_org_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  select app.ensure_template(
    p_org_id, 'job.failed', each.channel, 'Job {{ job }} fails',
    'Job {{ job }} failed again and again. `carebase jobs history {{ job }} --failed` says why. Run: {{ run }}',
    '{"job": "code", "run": "id"}'
  )
  from unnest(array['email', 'in_app', 'webhook']::public.notification_channel[]) as each (channel)
$$;

comment on function app.ensure_job_failed_templates(uuid) is 'The words for app.alert_job_failure(), unless they are there.';

revoke all on function app.alert_job_failure(uuid) from public;
revoke all on function app.ensure_job_failed_templates(uuid) from public;

-- What pg_cron calls each minute, several at once: runs what is due until nothing is. One statement, because in some of
-- its modes pg_cron allows only one, and a procedure, because each batch is a transaction of its own.
--
-- A procedure that commits may carry no settings of its own (Postgres refuses it), so its first line does that.
create procedure app.work_jobs(p_server text default 'pg_cron')
language plpgsql
as $$
declare
  v_run public.job_runs;
  v_has_more boolean;
  v_outcome public.job_outcome;
  v_message text;
begin
  perform pg_catalog.set_config('search_path', '', false);
  loop
    v_run := app.claim_job(p_server);
    commit;
    exit when v_run.id is null;
    v_has_more := true;
    v_outcome := 'succeeded';
    v_message := null;
    while v_has_more loop
      begin
        v_has_more := app.run_job_batch(v_run.id);
      exception
        when query_canceled then
          v_has_more := false;
          v_outcome := app.outcome_of_cancel(v_run);
          v_message := 'It was cancelled.';
        when others then
          v_has_more := false;
          v_outcome := 'failed';
          v_message := app.describe_failure(sqlstate, sqlerrm);
      end;
      commit;
    end loop;
    perform app.finish_job(v_run.id, v_outcome, v_message);
    commit;
  end loop;
end
$$;

comment on procedure app.work_jobs (text) is
'Runs the jobs that are due, one after the other; another call beside it takes others. For pg_cron.';

create function app.outcome_of_cancel(p_run public.job_runs) returns public.job_outcome
language sql stable
set search_path = ''
as $$
  select case
    when p_run.started_at + jobs.time_limit <= clock_timestamp() then 'timed_out'
    else 'failed'
  end::public.job_outcome
  from public.scheduled_jobs as jobs
  where jobs.name = p_run.job_name
$$;

comment on function app.outcome_of_cancel(public.job_runs) is
'What a run that was cancelled ended as: by its time limit, or by somebody''s hand.';

revoke all on procedure app.work_jobs(text) from public;
revoke all on function app.outcome_of_cancel(public.job_runs) from public;

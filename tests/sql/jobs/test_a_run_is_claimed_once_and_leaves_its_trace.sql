-- The platform itself: jobs are claimed, run in batches, fail, are made up for and are purged.
begin;
select plan(31);

select tests.freeze_clock('2026-03-02 09:10:00+00');
select app.plan_jobs();
create function app.job_sweep(p_limit integer) returns integer
language plpgsql as $$ begin perform set_config('tests.limit', p_limit::text, true); return 7; end $$;
create function app.job_stumble() returns void
language plpgsql as $$ begin perform 'secret'::integer; end $$;
create function app.job_remind(p_org_id uuid, p_due_at timestamptz) returns void
language plpgsql as $$ begin perform set_config('tests.due', p_org_id || ' ' || p_due_at::text, true); end $$;
insert into public.scheduled_jobs (name, description, cron, time_zone, batch_size) values
('sweep', 'Sweeps.', '0 9 * * *', 'UTC', 7), ('stumble', 'Stumbles.', '0 9 * * *', 'UTC', 7), ('ghost', 'Is not there.', '0 9 * * *', 'UTC', 7);
create temporary table story as select tests.make_org('lakeside') as lakeside, tests.make_org('harbor', true, 'Europe/Berlin') as harbor;
insert into public.scheduled_jobs (name, description, scope, cron, catch_up) values
('remind', 'Reminds.', 'organization', '0 8 * * *', 'all');
select app.plan_jobs();
select app.plan_jobs();

select is((select count(*) from app.job_slots where job_name = 'sweep'), 1::bigint, 'a job of the platform has one slot');
select is((select next_run_at from app.job_slots where job_name = 'sweep'), '2026-03-03 09:00:00+00', 'due at its next moment');
select is(
  (select count(*) from app.job_slots where job_name = 'remind'),
  (select count(*) from public.organizations where is_active and deleted_at is null),
  'a job of organizations has one for each'
);
select results_eq(
  $$ select next_run_at from app.job_slots inner join story on for_org_id in (lakeside, harbor) where job_name = 'remind' order by 1 $$,
  array['2026-03-02 14:00:00+00', '2026-03-03 07:00:00+00']::timestamptz[], 'at eight by its own clock'
);

update app.job_slots set next_run_at = null where job_name not in ('sweep', 'stumble', 'ghost', 'remind');
select is((select count(*) from app.claim_job('one') as run where run.id is not null), 0::bigint, 'nothing is due yet');
select tests.freeze_clock('2026-03-03 09:00:01+00');
update app.job_slots set next_run_at = null where job_name in ('stumble', 'ghost', 'remind');
create temporary table claimed as select * from app.claim_job('one');
select results_eq($$ select job_name, outcome::text, due_at from claimed $$,
  $$ values ('sweep', 'running', '2026-03-03 09:00:00+00'::timestamptz) $$, 'what is due is claimed');
select is((select (app.claim_job('two')).id), null, 'once');
select is((select (app.claim_job('two', 'sweep')).id), null, 'nor by hand while it runs');
select is(app.is_job_slot_held((select slot from claimed)), true, 'the session holds its slot');
select is(app.run_job_batch((select id from claimed)), true, 'a full batch may not be the last');
select is(current_setting('tests.limit'), '7', 'the function is told how many rows');
select is(app.run_job_batch((select id from claimed)), true, 'and again');
select app.finish_job((select id from claimed), 'succeeded');
select results_eq($$ select outcome::text, row_count, alerted_at is null from public.job_runs where job_name = 'sweep' $$,
  $$ values ('succeeded', 14::bigint, true) $$, 'the rows of all batches are counted');
select is(app.is_job_slot_held((select slot from claimed)), false, 'and the slot is let go');
select is((select next_run_at from app.job_slots where job_name = 'sweep'), '2026-03-04 09:00:00+00', 'it is due again the next day');
select throws_like($$ select app.run_job_batch((select id from claimed)) $$, '%has not claimed%', 'a run that is over is over');

create temporary table falls as select * from app.claim_job('one', 'stumble');
select throws_ok(format('select app.run_job_batch(%L)', (select id from falls)), '22P02', null, 'an error of the function is an error');
select unalike(app.describe_failure('22P02', 'invalid input: "secret"'), '%secret%', 'which is told without its values');
select app.finish_job((select id from falls), 'failed', app.describe_failure('22P02', 'x'));
select app.finish_job((select id from falls), 'failed', 'twice');
select results_eq($$ select failure_count from app.job_slots where job_name = 'stumble' $$, array[1], 'it is counted, once');
select isnt((select alerted_at from public.job_runs where job_name = 'stumble'), null, 'and somebody is told');
create temporary table again as select * from app.claim_job('one', 'stumble');
select app.finish_job((select id from again), 'failed', 'x');
select is((select alerted_at from public.job_runs where id = (select id from again)), null, 'but not for each failure that follows');
create temporary table ghosts as select * from app.claim_job('one', 'ghost');
select throws_ok(format('select app.run_job_batch(%L)', (select id from ghosts)), '42883', null, 'a job without function fails');
select app.finish_job((select id from ghosts), 'failed', 'x');

update public.scheduled_jobs set paused_at = now() where name = 'sweep';
select tests.freeze_clock('2026-03-04 09:00:01+00');
select is((select (app.claim_job('one')).id), null, 'a paused job is not claimed');
update public.scheduled_jobs set paused_at = null where name = 'sweep';

-- Nothing has run for ten days.
select tests.freeze_clock('2026-03-13 12:00:00+00');
create temporary table late as select * from app.claim_job('one');
select is((select due_at from late), '2026-03-13 09:00:00+00', 'one run makes up for what is within the window');
select results_eq($$ select due_at from public.job_runs where outcome = 'skipped' $$, array['2026-03-04 09:00:00+00'::timestamptz],
  'a line says since when the others were missed');
select app.finish_job((select id from late), 'succeeded');
select is((select next_run_at from app.job_slots where job_name = 'sweep'), '2026-03-14 09:00:00+00', 'and then the schedule goes on');

update app.job_slots set next_run_at = '2026-03-12 14:00:00+00' where job_name = 'remind' and for_org_id = (select lakeside from story);
create temporary table first as select * from app.claim_job('one');
select is(app.run_job_batch((select id from first)), false, 'a job without batches is done after one');
select is(current_setting('tests.due'), (select lakeside from story) || ' 2026-03-12 14:00:00+00', 'a job of organizations is told which and what for');
select app.finish_job((select id from first), 'succeeded');
select is((select next_run_at from app.job_slots where job_name = 'remind' and for_org_id = (select lakeside from story)), '2026-03-13 13:00:00+00',
  'all are made up for, one after the other, by clocks that have since gone forward');

update public.scheduled_jobs set catch_up = 'skip' where name = 'sweep';
update app.job_slots set next_run_at = '2026-03-13 09:00:00+00' where job_name = 'sweep';
select is((select (app.claim_job('one')).id), null, 'skip: three hours late is not run');
select is((select next_run_at from app.job_slots where job_name = 'sweep'), '2026-03-14 09:00:00+00', 'but the next is');

select * from finish();
rollback;

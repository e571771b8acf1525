-- Mona manages the Elms, Sue supervises there, Cora is a carer; the Oaks have no manager, Lea is compliance lead of all.
-- Nobody looks: the house reminds them, of each thing once at each step.
begin;
select plan(26);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside', true, 'UTC') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona, tests.make_staff(lakeside, 'nurse', 'Sue', elms) as sue,
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;
select tests.freeze_clock('2026-03-02 09:00+00');

-- Who was told on this day, of what, by which step; in the application.
create function pg_temp.told(p_day text) returns text language plpgsql as $$
declare
  v_known constant uuid[] := array(select id from public.notification_queue);
begin
  perform tests.act_as_system();
  perform tests.freeze_clock((p_day || ' 08:00:00+00')::timestamptz);
  perform app.job_remind_quality(lakeside) from story;
  perform app.job_remind_quality(lakeside) from story;
  return (
    select string_agg(concat_ws(
      ' ', case queue.recipient_id when mona then 'Mona' when sue then 'Sue' when cora then 'Cora' when lea then 'Lea' else '?' end,
      split_part(queue.template_key, '.', 2), queue.payload ->> 'due_on', queue.payload ->> 'days'
    ), ', ' order by queue.template_key, queue.payload ->> 'due_on', queue.recipient_id = mona desc,
      queue.recipient_id = lea desc)
    from public.notification_queue as queue cross join people
    where queue.channel = 'in_app' and queue.id <> all(v_known)
  );
end
$$;

-- A complaint: three working days to be acknowledged, 28 to be answered.
select tests.act_as((select mona from people));
create temporary table said as
select public.record_complaint((select elms from story), 'complaint', 'relative', 'Cold soup') as id;
grant select on said to public;
select lives_ok(
  $$ select public.record_complaint((select elms from story), 'compliment', 'relative', 'Good soup') $$, 'a compliment is due to nobody'
);
select is(pg_temp.told('2026-03-02'), 'Mona complaint_due 2026-03-05 3', 'three days before, Mona is told');
select is(pg_temp.told('2026-03-04'), null, 'once');
select is(pg_temp.told('2026-03-05'), 'Mona complaint_due 2026-03-05 0', 'on the day');
select is(pg_temp.told('2026-03-06'), 'Mona complaint_due 2026-03-05 -1', 'and when it is over');
select is(pg_temp.told('2026-03-20'), null, 'then no more');
select tests.act_as((select mona from people));
select lives_ok('select public.acknowledge_complaint((select id from said))', 'she acknowledges it');
select is(pg_temp.told('2026-03-31'), 'Mona complaint_due 2026-03-30 -1', 'the answer is overdue: of steps that were missed the last');
select tests.act_as((select mona from people));
select lives_ok(
  $$ select public.respond_complaint((select id from said), 'It is hot now', 'upheld') $$, 'it is answered'
);
select is(pg_temp.told('2026-04-01'), null, 'nothing is left of it');

-- Evidence that expires, at a home without a manager.
select tests.act_as_system();
insert into public.quality_audits (org_id, id, site_id, title, audited_on, findings, next_due_on)
select lakeside, gen_random_uuid(), oaks, 'Kitchen', '2026-04-01', app.plain('x'), '2026-05-10' from story;
insert into public.inspection_evidence (org_id, site_id, key_question, kind, audit_id, title, expires_on)
select org_id, site_id, 'safe', 'quality_audit', id, 'Kitchen', '2026-05-01' from public.quality_audits;
select is(pg_temp.told('2026-04-01'), 'Lea evidence_expiring 2026-04-30 30', 'a month before, Lea is told');
select is(pg_temp.told('2026-04-23'), 'Lea evidence_expiring 2026-04-30 7', 'a week before');
update public.inspection_evidence set expires_on = '2026-06-01';
select is(pg_temp.told('2026-04-24'), null, 'renewed, it is spoken of no more');
select is(pg_temp.told('2026-05-02'), 'Lea audit_due 2026-05-10 14, Lea evidence_expiring 2026-05-31 30', 'until it expires again');
insert into public.quality_audits (org_id, site_id, title, audited_on, findings)
select lakeside, oaks, 'kitchen', '2026-05-05', app.plain('x') from story;
select is(pg_temp.told('2026-05-11'), null, 'an audit that was done is not overdue');

-- Supervision: the supervisor and the manager.
insert into public.supervisions (org_id, site_id, user_id, supervisor_id, kind, held_on, next_due_on, notes)
select lakeside, elms, cora, sue, 'supervision', '2026-03-01', '2026-05-28', app.plain('x') from story cross join people;
select is(
  pg_temp.told('2026-05-14'), 'Mona supervision_due 2026-05-28 14, Sue supervision_due 2026-05-28 14',
  'two weeks before, both are told'
);
select is(
  pg_temp.told('2026-06-02'),
  'Lea evidence_expiring 2026-05-31 -1, Mona supervision_due 2026-05-28 -1, Sue supervision_due 2026-05-28 -1',
  'and when it is overdue'
);
insert into public.supervisions (org_id, site_id, user_id, supervisor_id, kind, held_on, next_due_on, notes)
select lakeside, elms, cora, sue, 'supervision', '2026-06-03', '2026-06-10', app.plain('x') from story cross join people;
update public.staff_members set employed_during = '[2020-01-01,2026-06-05)' where user_id = (select cora from people);
select is(pg_temp.told('2026-06-08'), null, 'who left is not supervised');

-- An action of an audit, and a document of a resident.
insert into public.quality_audit_actions (org_id, audit_id, site_id, action_text, assigned_to, due_on)
select org_id, id, site_id, 'Clean the hood', sue, '2026-07-10' from public.quality_audits cross join people
where next_due_on is not null;
select is(
  pg_temp.told('2026-07-10'), 'Lea action_due 2026-07-10 0, Sue action_due 2026-07-10 0', 'whose action it is hears of it, too'
);
update public.quality_audit_actions set completed_at = app.clock(), completed_by = (select sue from people);
select is(pg_temp.told('2026-07-11'), null, 'done is done');
insert into public.file_uploads (
  org_id, id, bucket_id, file_name, mime_type, byte_size, sha256, resident_id, site_id, uploaded_by
)
select lakeside, gen_random_uuid(), 'resident-docs', app.plain('x'), 'application/pdf', 1, decode(repeat('00', 32), 'hex'),
  ruth.id, elms, mona
from story cross join people cross join ruth;
insert into public.resident_documents (
  org_id, resident_id, site_id, category, title, file_id, expires_on
)
select org_id, resident_id, site_id, 'legal', app.plain('x'), id, '2026-08-10' from public.file_uploads;
select is(pg_temp.told('2026-08-03'), 'Mona document_expiring 2026-08-10 7', 'a paper that ends is spoken of');
update public.resident_documents set archived_at = app.clock();
select is(pg_temp.told('2026-08-11'), null, 'not once it is put away');

-- What is told, and what is not.
select is_empty(
  $$ select id from public.notification_queue where payload::text ~* 'soup|kitchen|ruth|cora' $$, 'no words and no names'
);
select is_empty(
  $$ select id from public.notification_queue where recipient_id = (select hugo from people) $$, 'Harbor hears nothing'
);
select is(
  (select count(*) from public.notification_queue where channel = 'email'),
  (select count(*) from public.notification_queue where channel = 'in_app'), 'each by mail, too'
);
select is(
  (select count(*) from (select distinct dedupe_key from public.notification_queue) as keys),
  (select count(*) from public.notification_queue), 'no message is there twice'
);
select * from finish();
rollback;

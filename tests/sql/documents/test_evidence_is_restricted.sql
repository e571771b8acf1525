-- Carl (carer at the Elms) brings a photograph of a bruise of Ruth, and his own first-aid certificate. Mia (manager of
-- the Elms), Lea (compliance lead) and Ola (owner) read the evidence; he does not; nor Nell (nurse), Mona (manager of the
-- Oaks, until Ruth moves there) and Hugo of Harbor. His certificate he reads, and Lea and Ola.
begin;
select plan(24);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl, tests.make_staff(lakeside, 'manager', 'Mia', elms) as mia,
  tests.make_staff(lakeside, 'manager', 'Mona', oaks) as mona, tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell,
  tests.make_staff(lakeside, 'org_owner', 'Ola') as ola, tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea,
  tests.make_staff(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table files (name text, id uuid, path text, document_id uuid);
grant select on story, people, ruth to public;
grant select, insert, update on files to public;
create function pg_temp.upload(p_bucket public.storage_bucket, p_resident_id uuid default null) returns uuid
language plpgsql as $$
declare
  v_file record;
begin
  select * into v_file
  from public.begin_upload(p_bucket, 'x', 'image/png', 9, repeat('ab', 32), p_resident_id);
  perform pg_temp.arrive(p_bucket::text, v_file.object_path);
  perform public.finish_upload(v_file.id);
  insert into files values (p_bucket, v_file.id, v_file.object_path);
  return v_file.id;
end
$$;
create function pg_temp.arrive(p_bucket text, p_path text) returns void language sql security definer as $$
  insert into storage.objects (bucket_id, name, metadata)
  values (p_bucket, p_path, '{"size": 9, "mimetype": "image/png"}')
$$;
create function pg_temp.clear() returns void language sql security definer as $$
  select app.record_scan(lakeside, files.id, 'clean') from pg_temp.story cross join pg_temp.files
$$;
create function pg_temp.seen(p_type text) returns text language sql as $$
  select format(
    '%s %s',
    (select string_agg(listed.title, ', ') from public.list_documents('operations', p_type) as listed),
    exists (
      select from storage.objects
      where objects.name = (
        select path from files where name = case p_type when 'incident' then 'incident-evidence' else 'staff-files' end
      )
    )
  )
$$;

select app.sync_buckets()::text;
select tests.act_as((select carl from people));
select is(
  tests.refusal($$ select * from public.begin_upload('incident-evidence', 'x', 'image/png', 9, repeat('ab', 32)) $$),
  'invalid_input', 'evidence is of a site'
);
select lives_ok(
  $$ select document_id from public.attach_document(
    pg_temp.upload('incident-evidence', (select id from ruth)), 'incident', 'Bruise, left arm'
  ) $$, 'a carer brings evidence'
);
select is(pg_temp.seen('incident'), ' t', 'and sees his picture until it is scanned, but not the document');
select coalesce(pg_temp.clear()::text, '');
select is(pg_temp.seen('incident'), ' f', 'and then no more');
select is(
  tests.refusal($$ select * from public.attach_document(
    pg_temp.upload('staff-files'), 'training_record', 'x', null, (select mia from people)
  ) $$), 'permission_denied', 'he keeps nobody else''s papers'
);
select tests.act_as_system();
delete from files where name = 'staff-files';
select tests.act_as((select carl from people));
select lives_ok(
  $$ select * from public.attach_document(
    pg_temp.upload('staff-files'), 'training_record', 'First aid', null, (select carl from people)
  ) $$, 'but his own'
);
select coalesce(pg_temp.clear()::text, '');
select is(pg_temp.seen('training_record'), 'First aid t', 'and reads them');

select tests.act_as((select mia from people));
select is(pg_temp.seen('incident'), 'Bruise, left arm t', 'the manager of the site reads evidence');
select is(pg_temp.seen('training_record'), ' f', 'certificates she does not');
select tests.act_as((select nell from people));
select is(pg_temp.seen('incident'), ' f', 'a nurse does not read evidence');
select is(pg_temp.seen('training_record'), ' f', 'nor others'' certificates');
select is(
  tests.refusal($$ select * from public.attach_document((select id from files limit 1), 'incident', 'x') $$),
  'not_found', 'nor attaches what another uploaded'
);
select tests.act_as((select ola from people));
select is(pg_temp.seen('incident'), 'Bruise, left arm t', 'owners read evidence');
select is(pg_temp.seen('training_record'), 'First aid t', 'and certificates');
select is(tests.refusal('select public.archive_document(app.uuid_v7())'), 'permission_denied', 'and change nothing');
select tests.act_as((select lea from people));
select is(pg_temp.seen('incident'), 'Bruise, left arm t', 'compliance leads read evidence');
select is(pg_temp.seen('training_record'), 'First aid t', 'and certificates');
insert into public.training_courses (code, title) values ('first_aid', 'First aid');
select lives_ok(
  $$ select public.record_training(
    (select carl from people), (select id from public.training_courses), current_date - 2, 'completed',
    (select id from public.documents where entity_type = 'training_record')
  ) $$, 'which they record with the training'
);
select is(
  tests.refusal($$ select public.record_training(
    (select mia from people), (select id from public.training_courses), current_date - 2, 'completed',
    (select id from public.documents where entity_type = 'training_record')
  ) $$), 'not_found', 'of that person and no other'
);
select tests.act_as((select mona from people));
select is(pg_temp.seen('incident'), ' f', 'the manager of another site reads nothing');
select tests.act_as((select hugo from people));
select is(pg_temp.seen('incident'), ' f', 'another organization neither');

select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select id from ruth);
select tests.act_as((select mia from people));
select is(pg_temp.seen('incident'), ' f', 'what is about a resident leaves with them');
select tests.act_as((select mona from people));
select is(pg_temp.seen('incident'), 'Bruise, left arm t', 'and arrives with them');
select isnt(
  (select public.archive_document(id) from public.documents), null, 'where it can be put away'
);

select * from finish();
rollback;

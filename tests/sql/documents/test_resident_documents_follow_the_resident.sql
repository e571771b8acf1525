-- Ruth lives at the Elms. Carl (carer there) brings a document about her, in two versions. It is read by who works at
-- the Elms, by Ola (owner) and Lea (compliance lead); shared, by Ruth and by Finn (her son, who may know of documents);
-- not by Gus (her nephew, who may not), Mona (manager of the Oaks) until Ruth moves there, nor by Hugo of Harbor.
begin;
select plan(48);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'carer', 'Carl', elms) as carl, tests.make_person(lakeside, 'manager', 'Mia', elms) as mia,
  tests.make_person(lakeside, 'manager', 'Mona', oaks) as mona, tests.make_person(lakeside, 'family', 'Finn') as finn,
  tests.make_person(lakeside, 'family', 'Gus') as gus, tests.make_person(lakeside, 'resident', 'Ruth') as ruth_user,
  tests.make_person(lakeside, 'org_owner', 'Ola') as ola, tests.make_person(lakeside, 'compliance_lead', 'Lea') as lea,
  tests.make_person(lakeside, 'admin', 'Ada') as ada, tests.make_person(harbor, 'manager', 'Hugo') as hugo
from story;
create temporary table ruth as
select tests.make_resident(lakeside, elms, 'Ruth', ruth_user) as id from story cross join people;
select tests.share_resident(lakeside, ruth.id, finn, 'documents') from story cross join people cross join ruth;
select tests.share_resident(lakeside, ruth.id, gus, 'profile', 'care_plan') from story cross join people cross join ruth;
select app.sync_buckets()::text;
create temporary table files (name text, id uuid, path text);
create temporary table docs (name text, id uuid, document_id uuid, version_no integer);
grant select on story, people, ruth to public;
grant select, insert on files, docs to public;

create function pg_temp.begin_file(p_name text, p_mime text default 'application/pdf', p_size bigint default 1000)
returns void language sql as $$
  insert into files
  select p_name, begun.id, begun.object_path
  from public.begin_upload(
    'resident-docs', p_name, p_mime, p_size, repeat('ab', 32), (select id from ruth)
  ) as begun
$$;
-- What the storage does when bytes arrive.
create function pg_temp.arrive(p_name text, p_size bigint default 1000) returns void
language sql security definer as $$
  insert into storage.objects (bucket_id, name, metadata)
  select 'resident-docs', path, jsonb_build_object('size', p_size, 'mimetype', 'application/pdf')
  from pg_temp.files where name = p_name
$$;
create function pg_temp.scan(p_name text, p_status text) returns void language sql security definer as $$
  select app.record_scan(lakeside, files.id, p_status::public.scan_status)
  from pg_temp.story cross join pg_temp.files where files.name = p_name
$$;
create function pg_temp.attach(p_name text, p_shared boolean, p_document_id uuid default null) returns void
language sql as $$
  insert into docs
  select p_name, made.id, made.document_id, made.version_no
  from public.attach_resident_document(
    (select id from ruth), (select id from files where name = p_name), 'advance_decision', 'Wishes of Ruth', p_shared,
    null, p_document_id
  ) as made
$$;
create function pg_temp.lists() returns text language sql as $$
  select string_agg(format('%s v%s', listed.title, listed.version_no), ', ')
  from public.list_resident_documents((select id from ruth), 'treatment') as listed
$$;
create function pg_temp.reads(p_name text) returns boolean language sql as $$
  select exists (select from storage.objects where objects.name = (select path from files where name = p_name))
$$;

select tests.act_as((select carl from people));
select is(tests.refusal($$ select pg_temp.begin_file('x', 'text/html') $$), 'invalid_input', 'the bucket takes no pages');
select is(
  tests.refusal($$ select pg_temp.begin_file('x', 'application/pdf', 26214401) $$), 'invalid_input', 'nor huge files'
);
select is(
  tests.refusal($$ select * from public.begin_upload('policy-files', 'x', 'application/pdf', 1, repeat('ab', 32)) $$),
  'permission_denied', 'policies are not a carer''s to write'
);
select is(
  tests.refusal($$ select * from public.begin_upload('resident-docs', 'x', 'application/pdf', 1, repeat('ab', 32)) $$),
  'invalid_input', 'a resident''s document is about a resident'
);
select lives_ok($$ select pg_temp.begin_file('first') $$, 'a carer begins to upload');
select is(
  (select path from files), (select lakeside || '/' || files.id from story cross join files),
  'to a path that says nothing of anybody'
);
select is(app.may_write_object('resident-docs', (select path from files)), true, 'the place is open to the uploader');
select is(
  tests.refusal($$ select public.finish_upload(id) from files $$), 'conflict', 'nothing is finished that has not arrived'
);
select coalesce(pg_temp.arrive('first', 999)::text, '');
select is(
  tests.refusal($$ select public.finish_upload(id) from files $$), 'conflict', 'nor what is not as it was announced'
);
select tests.act_as_system();
delete from storage.objects;
select tests.act_as((select carl from people));
select coalesce(pg_temp.arrive('first')::text, '');
select is((select public.finish_upload(id) from files), 'pending', 'what has arrived is to be scanned');
select is(app.may_write_object('resident-docs', (select path from files)), false, 'its place is closed');
select lives_ok($$ select pg_temp.attach('first', false) $$, 'it becomes a document');
select is(tests.refusal($$ select pg_temp.attach('first', false) $$), 'conflict', 'of one file only one');
select is(pg_temp.lists(), 'Wishes of Ruth v1', 'the carer lists it');
select is(pg_temp.reads('first'), true, 'whoever uploaded it reads it before it is scanned');
select tests.act_as((select mia from people));
select is(pg_temp.lists(), 'Wishes of Ruth v1', 'so does the manager');
select is(pg_temp.reads('first'), false, 'nobody else reads the file before it is scanned');
select is(app.may_write_object('resident-docs', (select path from files)), false, 'nor writes it');
select coalesce(pg_temp.scan('first', 'clean')::text, '');
select is(pg_temp.reads('first'), true, 'scanned, it is read where the document is');
select tests.act_as((select carl from people));
select is(pg_temp.reads('first'), true, 'by the carer, too');

create function pg_temp.seen() returns text language sql as $$
  select format('%s %s', pg_temp.lists(), pg_temp.reads('first'))
$$;
select tests.act_as((select ola from people));
select is(pg_temp.seen(), 'Wishes of Ruth v1 t', 'owners read it');
select tests.act_as((select lea from people));
select is(pg_temp.seen(), 'Wishes of Ruth v1 t', 'compliance leads read it');
select is(tests.refusal('select public.archive_resident_document(app.uuid_v7())'), 'permission_denied', 'and no more');
select tests.act_as((select ada from people));
select is(pg_temp.seen(), ' f', 'administrators do not');
select tests.act_as((select mona from people));
select is(pg_temp.seen(), ' f', 'who manages another home does not');
select tests.act_as((select hugo from people));
select is(pg_temp.seen(), ' f', 'another organization does not');
select tests.act_as((select ruth_user from people));
select is(pg_temp.seen(), ' f', 'what is not shared the resident does not read here');
select tests.act_as((select finn from people));
select is(pg_temp.seen(), ' f', 'nor do relatives');

-- A second version, shared.
select tests.act_as((select carl from people));
select coalesce(pg_temp.begin_file('second')::text, '');
select coalesce(pg_temp.arrive('second')::text, '');
select public.finish_upload(id)::text from files where name = 'second';
select coalesce(pg_temp.attach('second', true, (select document_id from docs))::text, '');
select is(pg_temp.lists(), 'Wishes of Ruth v2', 'the next version takes its place');
select is(
  tests.refusal($$ update public.resident_documents set is_shared = true $$), null, 'carers change nothing'
);
select is((select count(*) from public.resident_documents where is_shared), 1::bigint, 'and nothing is changed');
select tests.act_as((select finn from people));
select is(pg_temp.lists(), 'Wishes of Ruth v2', 'a relative who may know lists what is shared');
select is(pg_temp.reads('second'), false, 'and does not read what is not scanned');
select coalesce(pg_temp.scan('second', 'unscanned')::text, '');
select is(pg_temp.reads('second'), true, 'reads it where there is no scanner');
select is(pg_temp.reads('first'), false, 'and never what was not shared');
select tests.act_as((select gus from people));
select is(format('%s %s', pg_temp.lists(), pg_temp.reads('second')), ' f', 'one who may not, nothing');
select tests.act_as((select ruth_user from people));
select is(format('%s %s', pg_temp.lists(), pg_temp.reads('second')), 'Wishes of Ruth v2 t', 'the resident herself');

select tests.act_as_system();
update public.org_patients set site_id = (select oaks from story) where patient_id = (select id from ruth);
select tests.act_as((select carl from people));
select is(format('%s %s', pg_temp.lists(), pg_temp.reads('second')), ' f', 'she moves: who brought it reads it no more');
select is(tests.refusal($$ select pg_temp.begin_file('x') $$), 'not_found', 'nor adds to it');
select tests.act_as((select mona from people));
select is(
  format('%s %s', pg_temp.lists(), pg_temp.reads('second')), 'Wishes of Ruth v2 t', 'her new home does'
);
select isnt(
  (select public.archive_resident_document(document_id) from docs where name = 'first'), null, 'and puts it away'
);
select is(pg_temp.lists(), null, 'out of the list');
select is(pg_temp.reads('second'), true, 'and not out of reach');

select tests.act_as_system();
update public.file_uploads set scan_status = 'infected' where id = (select id from files where name = 'second');
select tests.act_as((select mona from people));
select is(pg_temp.reads('second'), false, 'what the scanner refuses is read by nobody');
select tests.act_as_system();
select is(
  (select count(*) from public.file_uploads where file_name = app.plain('first')), 0::bigint, 'file names are sealed'
);
select is(
  tests.refusal($$ update public.file_uploads set byte_size = 5 $$), 'conflict', 'a file stays what it was'
);
select is(
  tests.refusal($$ update public.resident_documents set version_no = version_no + 5 $$), 'conflict', 'and so a version'
);
select is(
  tests.refusal($$ update public.resident_documents set title = app.plain('') $$), 'invalid_input', 'which has a title'
);

select * from finish();
rollback;

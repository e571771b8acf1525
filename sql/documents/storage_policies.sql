-- What the storage lets through, on hosted Supabase and on the local gateway alike: whoever may read the document, and
-- whoever has begun the upload. Nothing is overwritten, moved or deleted over the API.
create policy carebase_read on storage.objects
for select to authenticated
using (
  bucket_id in ('resident-docs', 'incident-evidence', 'policy-files', 'staff-files')
  and app.may_read_object(bucket_id, name)
);

create policy carebase_upload on storage.objects
for insert to authenticated
with check (
  bucket_id in ('resident-docs', 'incident-evidence', 'policy-files', 'staff-files')
  and app.may_write_object(bucket_id, name)
);

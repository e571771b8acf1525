-- The buckets, as data: what the storage is told (app.sync_buckets) and what begin_upload() holds everybody to.
create function app.bucket_rules()
returns table (bucket_id public.storage_bucket, byte_limit bigint, mime_types text[])
language sql immutable
set search_path = ''
as $$
  values
    (
      'resident-docs'::public.storage_bucket, 26214400::bigint,
      array[
        'application/pdf', 'image/jpeg', 'image/png', 'text/plain',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
      ]
    ),
    (
      'incident-evidence', 52428800,
      array['application/pdf', 'image/jpeg', 'image/png', 'text/plain', 'video/mp4', 'audio/mpeg']
    ),
    (
      'policy-files', 26214400,
      array['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']
    ),
    ('staff-files', 10485760, array['application/pdf', 'image/jpeg', 'image/png'])
$$;

comment on function app.bucket_rules() is
'Every bucket, how large a file in it may be (bytes), and of which types. None of them is public.';

revoke all on function app.bucket_rules() from public;
grant execute on function app.bucket_rules() to authenticated, service_role;

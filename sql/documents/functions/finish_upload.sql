create function public.finish_upload(p_id uuid) returns public.scan_status
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.check_input('p_id', p_id is not null, 'Say which upload.');
  return app.settle_upload(p_id);
end
$$;

comment on function public.finish_upload(uuid) is
'Says that all of a file has been uploaded; what the scanner says of it so far. It can then be attached to a record.
Until the scanner has found nothing, nobody but its uploader reads it.
p_id: the caller''s upload, from begin_upload(); any other is not_found.
Idempotent: yes.
Errors: feature_disabled, permission_denied, not_found, invalid_input, conflict (it has not arrived, or is not what was
announced).';

revoke all on function public.finish_upload(uuid) from public, anon, authenticated, service_role;
grant execute on function public.finish_upload(uuid) to authenticated;

create function public.review_reflection(p_id uuid, p_keep boolean) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_id', p_id is not null, 'Say which reflection.');
  perform app.check_input('p_keep', p_keep is not null, 'Say whether it stays.');
  perform app.review_reflection(p_id, p_keep);
end
$$;

comment on function public.review_reflection(uuid, boolean) is
'Decides about a reported reflection: it is shown to the circle again, or removed. For those whom
get_reported_reflections() shows it to; nobody decides about their own.
p_id: the reflection; one that is not reported, or not the caller''s to decide about, is not_found.
p_keep: whether it stays.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.review_reflection(uuid, boolean) from public, anon, authenticated, service_role;
grant execute on function public.review_reflection(uuid, boolean) to authenticated;

-- SECURITY DEFINER because nobody writes the queue; bound to the caller's own id and active organization.
create function app.mark_notifications_read(p_notification_ids uuid[]) returns integer
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  perform app.require_member();
  perform app.check_input(
    'p_notification_ids', coalesce(cardinality(p_notification_ids), 0) <= 500, 'At most 500 at once.'
  );
  update public.notification_queue as queue set read_at = app.clock()
  where
    queue.recipient_id = app.my_id() and queue.org_id = app.current_org() and queue.channel = 'in_app'
    and queue.status = 'sent' and queue.read_at is null
    and (p_notification_ids is null or queue.id = any(p_notification_ids));
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

comment on function app.mark_notifications_read(uuid[]) is
'What public.mark_notifications_read does; authorizes for itself.';

create function public.mark_notifications_read(p_notification_ids uuid[] default null) returns integer
language sql volatile
set search_path = ''
as $$
  select app.mark_notifications_read(p_notification_ids)
$$;

comment on function public.mark_notifications_read(uuid[]) is
'Marks the caller''s own notifications as read; how many were not.
p_notification_ids: which, at most 500; null: all of them. Ids that are not the caller''s are passed over.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.
Idempotent: yes.';

revoke all on function app.mark_notifications_read(uuid[]) from public;
grant execute on function app.mark_notifications_read(uuid[]) to authenticated;
revoke all on function public.mark_notifications_read(uuid[]) from public, anon, authenticated, service_role;
grant execute on function public.mark_notifications_read(uuid[]) to authenticated;

-- SECURITY DEFINER because nobody writes the queue; require_role is the authorization, the active organization the
-- bound. The task stays where it is: who claims it finds the message settled.
create function app.cancel_notification(p_notification_id uuid) returns boolean
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_status public.notification_status;
begin
  perform app.require_role('org_owner', 'admin', 'manager', 'care_manager', 'case_manager', 'scheduler', 'service');
  select queue.status into v_status from public.notification_queue as queue
  where
    queue.org_id = app.current_org() and queue.id = p_notification_id
    -- Those who answer for everything cancel anything; others what they scheduled themselves.
    and (app.has_role('org_owner', 'admin') or queue.created_by = auth.uid())
  for no key update;
  if v_status is null then
    perform app.raise_error('not_found', 'There is no such message.');
  end if;
  if v_status <> 'pending' then
    return v_status = 'cancelled';
  end if;
  update public.notification_queue as queue set status = 'cancelled', settled_at = app.clock()
  where queue.org_id = app.current_org() and queue.id = p_notification_id;
  perform app.leave_lines(array[app.current_org()], array[p_notification_id]);
  return true;
end
$$;

comment on function app.cancel_notification(uuid) is 'What public.cancel_notification does; authorizes for itself.';

create function public.cancel_notification(p_notification_id uuid) returns boolean
language sql volatile
set search_path = ''
as $$
  select app.cancel_notification(p_notification_id)
$$;

comment on function public.cancel_notification(uuid) is
'Takes back a message that has not gone out: whether it will not. One that is being sent at this moment may still
arrive. For whoever scheduled it, and for owners and administrators.
p_notification_id: what schedule_notification() answered.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found.
Idempotent: yes.';

revoke all on function app.cancel_notification(uuid) from public;
grant execute on function app.cancel_notification(uuid) to authenticated;
revoke all on function public.cancel_notification(uuid) from public, anon, authenticated, service_role;
grant execute on function public.cancel_notification(uuid) to authenticated;

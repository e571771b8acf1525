create function public.revoke_role(p_role_assignment_id uuid) returns public.role_assignments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.check_input('p_role_assignment_id', p_role_assignment_id is not null, 'Say which assignment.');
  return app.take_role_from_member(p_role_assignment_id);
end
$$;

comment on function public.revoke_role(uuid) is
'Ends a role now; the row stays as the record, unless the role had not begun. Whoever may give a role there may take it.
Acts on the person''s next request. An organization''s last owner cannot be revoked.
p_role_assignment_id: one of get_members().
Returns the assignment.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, not_found, conflict (the last owner),
invalid_input.
Idempotent: yes.';

revoke all on function public.revoke_role(uuid) from public, anon, authenticated, service_role;
grant execute on function public.revoke_role(uuid) to authenticated;

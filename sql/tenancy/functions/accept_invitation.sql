create function public.accept_invitation(p_token text, p_display_name text default null)
returns public.role_assignments
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.check_input('p_token', length(p_token) <= 200, 'Send the token of the invitation.');
  perform app.check_input(
    'p_display_name', p_display_name is null or length(btrim(p_display_name)) between 1 and 200,
    'A name has 1 to 200 characters.'
  );
  return app.take_up_invitation(p_token, btrim(p_display_name));
end
$$;

comment on function public.accept_invitation(text, text) is
'Takes up an invitation: gives the caller the role, and makes that organization the active one of this session if the
session has none in which they hold a role. The caller''s verified address must be the one that was invited. At most ten
an hour.
p_token: from the invitation.
p_display_name: how to be called, 1 to 200 characters, for somebody who has no profile yet.
Returns the role. Errors: not_authenticated, session_expired, not_found, rate_limited, invalid_input.';

revoke all on function public.accept_invitation(text, text) from public, anon, authenticated, service_role;
grant execute on function public.accept_invitation(text, text) to authenticated;

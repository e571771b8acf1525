-- SECURITY DEFINER because nobody writes complaints; app.find_complaint() is the authorization.
create function app.respond_complaint(p_id uuid, p_response text, p_outcome public.complaint_outcome) returns void
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_complaint public.complaints;
begin
  v_complaint := app.find_complaint(p_id);
  if v_complaint.responded_at is not null then
    perform app.raise_error('conflict', 'This has been answered.');
  end if;
  perform app.check_input(
    'p_outcome', (v_complaint.kind = 'complaint') = (p_outcome is not null), 'A complaint has an outcome.'
  );
  update public.complaints
  set
    acknowledged_at = coalesce(complaints.acknowledged_at, app.clock()), responded_at = app.clock(),
    outcome = p_outcome, response = app.plain(p_response)
  where complaints.org_id = v_complaint.org_id and complaints.id = v_complaint.id;
end
$$;

comment on function app.respond_complaint(uuid, text, public.complaint_outcome) is
'What public.respond_complaint does; authorizes for itself.';

create function public.respond_complaint(
  p_id uuid, p_response text, p_outcome public.complaint_outcome default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('care_homes');
  perform app.check_input('p_id', p_id is not null, 'Say which complaint.');
  perform app.check_input(
    'p_response', length(p_response) <= 4000 and p_response ~ '\S', 'An answer has 1 to 4000 characters.'
  );
  perform app.respond_complaint(p_id, p_response, p_outcome);
end
$$;

comment on function public.respond_complaint(uuid, text, public.complaint_outcome) is
'Writes down what was answered, which acknowledges it too. For managers of the site, owners and compliance leads.
p_id: the complaint or compliment; conflict if it was answered.
p_response: the answer, 1 to 4000 characters; stored sealed.
p_outcome: of a complaint: upheld, partly_upheld, not_upheld, withdrawn; null of a compliment.
Errors: feature_disabled, permission_denied, not_found, conflict, invalid_input.';

revoke all on function app.respond_complaint(uuid, text, public.complaint_outcome) from public;
grant execute on function app.respond_complaint(uuid, text, public.complaint_outcome) to authenticated;
revoke all on function public.respond_complaint(
  uuid, text, public.complaint_outcome
)
from public, anon, authenticated, service_role;
grant execute on function public.respond_complaint(uuid, text, public.complaint_outcome) to authenticated;

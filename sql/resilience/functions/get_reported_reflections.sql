create function public.get_reported_reflections(p_limit integer default 50)
returns table (
  reflection_id uuid,
  circle_id uuid,
  reflection_text text,
  is_anonymous boolean,
  is_hidden boolean,
  reasons public.reflection_report_reason[],
  report_count integer
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select reported.* from app.reported_reflections(p_limit) as reported;
end
$$;

comment on function public.get_reported_reflections(integer) is
'The reported reflections that the caller may decide about: of circles that they lead, and for wellness officers of every
circle, once they are hidden. Without the author, without those who reported, and none of one''s own. Leaves an access
event.
p_limit: at most so many, 1 to 500.
reasons: each once. report_count: how many members reported it.
Never null: reflection_id, circle_id, reflection_text, is_anonymous, is_hidden, reasons, report_count.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_reported_reflections(integer) from public, anon, authenticated, service_role;
grant execute on function public.get_reported_reflections(integer) to authenticated;

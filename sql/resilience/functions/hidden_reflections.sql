-- What is hidden follows from the reports that nobody has decided about: two members', or one that calls it harmful.
create function app.is_hidden_by(p_reasons public.reflection_report_reason[]) returns boolean
language sql immutable
return coalesce(cardinality(p_reasons) >= 2 or 'harmful' = any(p_reasons), false);

comment on function app.is_hidden_by(public.reflection_report_reason[]) is
'Whether these reports of a reflection, one per member, hide it.';

-- SECURITY DEFINER because the policy of reflections asks for it, and reports are their reporters' own rows. It answers
-- with ids from the caller's own circles and nothing else.
create function app.hidden_reflections() returns uuid[]
language plpgsql stable
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_circles constant uuid[] := app.my_circles();
begin
  return array(
    select reports.reflection_id
    from public.provider_reflection_reports as reports
    where reports.org_id = v_org_id and reports.circle_id = any(v_circles) and reports.decided_at is null
    group by reports.reflection_id
    having app.is_hidden_by(array_agg(reports.reason))
  );
end
$$;

comment on function app.hidden_reflections() is
'The reflections of the caller''s circles that are hidden until somebody has decided about their reports.';

revoke all on function app.is_hidden_by(public.reflection_report_reason[]) from public;
revoke all on function app.hidden_reflections() from public;
grant execute on function app.hidden_reflections() to authenticated, service_role;

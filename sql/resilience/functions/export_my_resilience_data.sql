-- Everything about the caller, in one document. A test compares the tables in it with the catalogue: whoever adds a
-- table of providers adds it here and in delete_my_resilience_data.
--
-- SECURITY DEFINER because nobody may select whose an anonymous reflection or check-in is; it is bound to the caller
-- and the active organization.
create function app.resilience_data_of_mine() returns jsonb
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id constant uuid := app.current_org();
  v_user_id constant uuid := app.my_id();
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return jsonb_build_object(
    'provider_consents', (
      select coalesce(jsonb_agg(to_jsonb(consents) order by consents.given_at), '[]')
      from public.provider_consents as consents
      where consents.org_id = v_org_id and consents.user_id = v_user_id
    ),
    'provider_daily_checkins', (
      select coalesce(jsonb_agg(to_jsonb(checkins) order by checkins.checkin_date), '[]')
      from public.provider_daily_checkins as checkins
      where checkins.org_id = v_org_id and checkins.user_id = v_user_id
    ),
    'provider_anonymous_checkins', (
      select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(own)) order by own.checkin_date), '[]')
      from app.anonymous_checkins_of(v_org_id, v_user_id) as own
    ),
    'provider_support_circle_members', (
      select coalesce(
        jsonb_agg(to_jsonb(members) || jsonb_build_object('circle_name', circles.name) order by members.joined_at), '[]'
      )
      from public.provider_support_circle_members as members
      inner join public.provider_support_circles as circles
        on circles.org_id = members.org_id and circles.id = members.circle_id
      where members.org_id = v_org_id and members.user_id = v_user_id
    ),
    'provider_support_reflections', (
      select coalesce(jsonb_agg(to_jsonb(reflections) order by reflections.created_at), '[]')
      from public.provider_support_reflections as reflections
      where reflections.org_id = v_org_id and reflections.user_id = v_user_id
    ),
    'shift_reports', (
      select coalesce(jsonb_agg(to_jsonb(reports) order by reports.shift_date, reports.id), '[]')
      from public.shift_reports as reports
      where reports.org_id = v_org_id and reports.user_id = v_user_id
    )
  ) || app.assessments_as_document(v_org_id, v_user_id) || app.help_as_document(v_org_id, v_user_id);
end
$$;

comment on function app.resilience_data_of_mine() is
'What the resilience hub of the active organization holds about the caller, by table.';

create function public.export_my_resilience_data() returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return jsonb_build_object(
    'exported_at', app.clock(), 'org_id', app.current_org(), 'user_id', app.my_id(),
    'tables', app.resilience_data_of_mine()
  );
end
$$;

comment on function public.export_my_resilience_data() is
'Everything that the resilience hub of the active organization holds about the caller, as one document: tables is an
object of lists of rows, by the name of the table. Anonymous check-ins and reflections are among them; only their author
gets them so; answers to questionnaires are opened, which leaves an event in the trail. What somebody else wrote is not.
Errors: feature_disabled, permission_denied, not_authenticated.';

revoke all on function app.resilience_data_of_mine() from public;
grant execute on function app.resilience_data_of_mine() to authenticated;
revoke all on function public.export_my_resilience_data() from public, anon, authenticated, service_role;
grant execute on function public.export_my_resilience_data() to authenticated;

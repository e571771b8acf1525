-- Telling those who look after the providers of an organization. No figure and no name is in the message: it says where
-- to look, and access is checked there.
create function app.alert_leads(
  p_org_id uuid, p_template text, p_subject text, p_body text, p_since date
) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.ensure_words(p_org_id, p_template, p_subject, p_body, '{"since": "date"}');
  return app.tell_people(
    p_org_id, app.role_holders(p_org_id, '{wellness_officer,admin}'), p_template,
    jsonb_build_object('since', p_since), p_since::text
  );
end
$$;

comment on function app.alert_leads(uuid, text, text, text, date) is
'Tells the wellness officers and administrators of an organization something, once for each p_since; how many.';

revoke all on function app.alert_leads(uuid, text, text, text, date) from public;

-- Who signs beside the first, and who is told. For the definers of this room, granted to nobody: those who call them
-- have asked for a role at the site.
create function app.require_witness(p_first_signer uuid, p_resident_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.signing_staff();
  if p_first_signer = app.my_id() then
    perform app.raise_error('permission_denied', 'The second signature is that of another person.');
  end if;
  -- Who works here may be somebody's daughter, too.
  if exists (
    select from public.resident_shares as shares
    where
      shares.org_id = app.current_org() and shares.resident_id = p_resident_id and shares.user_id = app.my_id()
      and shares.withdrawn_at is null and shares.deleted_at is null
  ) then
    perform app.raise_error('permission_denied', 'A relative does not witness.');
  end if;
end
$$;

comment on function app.require_witness(uuid, uuid) is
'Ends the request unless the caller is employed here, did not sign first, and is no relative of the resident.';

-- Those whose role is for this very site; where there is none, those whose role is for the whole organization.
create function app.tell_care_site(
  p_org_id uuid, p_site_id uuid, p_roles public.app_role[], p_template text, p_subject text, p_body text,
  p_link text, p_dedupe_key text, p_priority public.notification_priority default 'urgent'
) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_user_id uuid;
  v_count integer := 0;
begin
  perform app.ensure_template(p_org_id, p_template, 'in_app', p_subject, p_body, '{"link": "link"}');
  for v_user_id in
    with people as (
      select distinct roles.user_id, roles.site_id is not null as is_near
      from public.role_assignments as roles
      where
        roles.org_id = p_org_id and roles.role = any(p_roles) and coalesce(roles.site_id, p_site_id) = p_site_id
        and roles.deleted_at is null and roles.valid_during @> app.clock()
    )
    select distinct people.user_id from people
    where people.is_near or not exists (select from people as others where others.is_near)
    limit 200
  loop
    perform app.enqueue_notification(
      p_org_id, 'in_app', v_user_id, p_template, jsonb_build_object('link', p_link), p_priority => p_priority,
      p_dedupe_key => p_template || ':' || v_user_id || ':' || p_dedupe_key
    );
    v_count := v_count + 1;
  end loop;
  return v_count;
end
$$;

comment on function app.tell_care_site(
  uuid, uuid, public.app_role[], text, text, text, text, text, public.notification_priority
) is
'Tells those who have one of these roles at a site that there is something to look at; how many. The message is a link.
p_dedupe_key: the same thing again is told once.';

create function app.tell_of_declined(p_org_id uuid, p_site_id uuid, p_link text, p_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.tell_care_site(
    p_org_id, p_site_id, '{manager,nurse}', 'medication.not_witnessed', 'A witness declined',
    'A witness did not confirm what was recorded of a controlled drug: {{ link }}', p_link, p_id::text
  );
end
$$;

comment on function app.tell_of_declined(uuid, uuid, text, uuid) is
'Tells the managers and nurses of a site that a second signature was refused: what was recorded does not count.';

revoke all on function app.require_witness(uuid, uuid) from public;
revoke all on function app.tell_care_site(
  uuid, uuid, public.app_role[], text, text, text, text, text, public.notification_priority
) from public;
revoke all on function app.tell_of_declined(uuid, uuid, text, uuid) from public;

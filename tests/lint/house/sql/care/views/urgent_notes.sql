create view public.urgent_notes
with (security_invoker = true) as
select org_id, id, body
from public.notes
where is_urgent;
comment on view public.urgent_notes is 'Notes that cannot wait.';
revoke all on public.urgent_notes from public, anon, authenticated, service_role;
grant select on public.urgent_notes to authenticated;

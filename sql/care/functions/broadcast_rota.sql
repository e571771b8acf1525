-- Whoever looks at the rota of a week learns that something in it changed: one message for each statement and week,
-- however many rows it touched. They read it again, as far as they may.
--
-- SECURITY DEFINER because whoever changes a shift by merge may not write the rota, and reads it as far as they may
-- only.
create function app.broadcast_rota() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform app.broadcast(
    format('org:%s:rota_weeks', rotas.org_id), 'changed',
    jsonb_build_object('id', rotas.id, 'version', rotas.version)
  )
  from (select distinct changed.org_id, changed.site_id, changed.week_on from changed) as weeks
  inner join public.rota_weeks as rotas
    on rotas.org_id = weeks.org_id and rotas.site_id = weeks.site_id and rotas.week_on = weeks.week_on;
  return null;
end
$$;

comment on function app.broadcast_rota() is
'Triggers _900_rota_… of what is in a rota: tells whoever listens to rota_weeks which rota to read again.';

revoke all on function app.broadcast_rota() from public;

-- Tells the API gateway that the schema changed, as hosted Supabase does: after DDL it looks at the schema anew.

do $watch$
begin
  if to_regprocedure('extensions.pgrst_ddl_watch()') is null then
    create function extensions.pgrst_ddl_watch() returns event_trigger
    language plpgsql
    set search_path = ''
    as $body$
    begin
      if exists (
        select
        from pg_catalog.pg_event_trigger_ddl_commands() as c
        where c.schema_name is distinct from 'pg_temp'
      ) then
        notify pgrst, 'reload schema';
      end if;
    end
    $body$;
  end if;

  if to_regprocedure('extensions.pgrst_drop_watch()') is null then
    create function extensions.pgrst_drop_watch() returns event_trigger
    language plpgsql
    set search_path = ''
    as $body$
    begin
      if exists (
        select from pg_catalog.pg_event_trigger_dropped_objects() as d where not d.is_temporary
      ) then
        notify pgrst, 'reload schema';
      end if;
    end
    $body$;
  end if;

  if not exists (select from pg_catalog.pg_event_trigger as e where e.evtname = 'pgrst_ddl_watch') then
    create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
  end if;
  if not exists (select from pg_catalog.pg_event_trigger as e where e.evtname = 'pgrst_drop_watch') then
    create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_drop_watch();
  end if;
end
$watch$;

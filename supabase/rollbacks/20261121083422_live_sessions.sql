-- Undoes live_sessions. The rows of user_sessions go with their table, in the rollback before this one's.
do $$
begin
  execute format('alter role authenticator in database %I reset pgrst.db_pre_request', current_database());
  notify pgrst, 'reload config';
exception when insufficient_privilege then
  raise notice 'pgrst.db_pre_request was not reset: reset it where PostgREST is configured.';
end
$$;

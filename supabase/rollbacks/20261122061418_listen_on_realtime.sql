-- Undoes listen_on_realtime: nobody hears of changes any more; frontends that ask now and then go on.

do $$
begin
  if to_regclass('realtime.messages') is not null then
    drop policy if exists carebase_listen on realtime.messages;
  end if;
end
$$;

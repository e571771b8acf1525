-- listen_on_realtime: lets who works for an organization listen to its private channels, where Realtime is.
-- Where this role may not, it says so; see docs/hosted.md.

do $$ begin perform app.adopt_realtime(); end $$;

select
  quote_ident(e.evtname) as identity,
  null as part_of,
  jsonb_strip_nulls(
    jsonb_build_object(
      'event', e.evtevent, 'function', e.evtfoid::regprocedure, 'enabled', e.evtenabled, 'tags', e.evttags
    )
  ) as details
from pg_event_trigger as e
where pg_get_userbyid(e.evtowner) = %(owner)s

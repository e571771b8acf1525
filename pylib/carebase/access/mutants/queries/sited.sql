-- The personas that may be given for one site.
select distinct names.found[1] as persona
from pg_constraint as c
cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') as names (found)
where c.conrelid = 'public.role_assignments'::regclass and c.conname = 'role_assignments_site_roles'

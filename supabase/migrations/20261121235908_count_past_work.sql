-- count_past_work: changes rows, not structure.
-- It runs as role postgres in one transaction, once per database, on an empty one too. Write statements that
-- are right whatever rows there are. Reference rows belong to seeds/, not here.

set local lock_timeout = '30s';

-- Encounters that were there before the triggers that count them.
select app.mend_workload(organizations.id) from public.organizations;

select
  coalesce(j.jobname, 'job ' || j.jobid) as identity,
  null as part_of,
  jsonb_build_object(
    'schedule', j.schedule, 'command', j.command, 'database', j.database, 'username', j.username, 'active', j.active
  ) as details
from cron.job as j

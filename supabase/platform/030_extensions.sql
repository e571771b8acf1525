-- Extensions live in their own schema, out of the API. These are the ones that a hosted project comes with; what
-- else we need, our migrations create.

create extension if not exists pgcrypto with schema extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;

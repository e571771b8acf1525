"""The local stack: an embedded Postgres, Supabase's platform objects, and the API gateway, without Docker."""

"""carebase: one Supabase-backed, SQL-first platform for care organizations."""

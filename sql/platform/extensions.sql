-- Equality inside exclusion constraints: no two of the same person, room or role at one time.
create extension if not exists btree_gist with schema extensions;

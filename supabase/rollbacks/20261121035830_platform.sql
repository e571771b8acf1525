-- Undoes platform: written by `carebase db diff`.

set local lock_timeout = '30s';

set local check_function_bodies = off;

DROP FUNCTION "app"."check_input"(text, boolean, text);

DROP FUNCTION "app"."clock"();

DROP FUNCTION "app"."raise_error"(text, text, jsonb, text);

DROP FUNCTION "app"."stamp_row"();

DROP FUNCTION "app"."uuid_v7"();

DROP EXTENSION "btree_gist";

DROP SCHEMA "app";

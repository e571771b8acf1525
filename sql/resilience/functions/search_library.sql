-- How the library is searched. Titles and descriptions are English; names of places are not, so each word is kept as it
-- stands, too, which is also what the beginning of a word is looked for in.
create function app.search_document(p_title text, p_description text) returns tsvector
language sql immutable
return
setweight(to_tsvector('pg_catalog.english', p_title), 'A')
|| setweight(to_tsvector('pg_catalog.simple', p_title), 'A')
|| setweight(to_tsvector('pg_catalog.english', coalesce(p_description, '')), 'B')
|| setweight(to_tsvector('pg_catalog.simple', coalesce(p_description, '')), 'B');

comment on function app.search_document(text, text) is 'What a search of the library looks in.';

create function app.search_query(p_search text) returns tsquery
language sql immutable
return websearch_to_tsquery('pg_catalog.english', p_search);

comment on function app.search_query(text) is
'A search as people write it: words, "a phrase", or, -not this.';

-- For whoever has not finished typing, or knows how a word begins: every word of the search is the beginning of one.
-- Only letters and digits are left, so that nothing of what was typed is an operator. Null where nothing is left, or
-- where the search says more than words: who asks for a phrase does not want its words apart.
create function app.prefix_query(p_search text) returns tsquery
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_search ~* '"|(^|\s)-\S|\mor\M' then
    return null;
  end if;
  return (
    select to_tsquery('pg_catalog.simple', string_agg(words.word || ':*', ' & '))
    from regexp_split_to_table(lower(p_search), '[^[:alnum:]]+') as words (word)
    where words.word <> ''
  );
end
$$;

comment on function app.prefix_query(text) is 'A search for words that begin like those of the text.';

create function app.check_search(p_search text, p_limit integer) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.check_input(
    'p_search', p_search is null or (length(p_search) <= 200 and p_search ~ '[[:alnum:]]'),
    'A search is a text of at most 200 characters, with a letter or digit in it.'
  );
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
end
$$;

comment on function app.check_search(text, integer) is 'Ends the request unless a search of the library is one.';

revoke all on function app.search_document(text, text) from public;
revoke all on function app.search_query(text) from public;
revoke all on function app.prefix_query(text) from public;
revoke all on function app.check_search(text, integer) from public;
grant execute on function app.search_document(text, text) to authenticated, service_role;
grant execute on function app.check_search(text, integer) to authenticated;

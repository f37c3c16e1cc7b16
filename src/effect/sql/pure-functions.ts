// Functions and type names that may stand before `(` in a statement that only reads, in PostgreSQL, DuckDB, MySQL and
// SQLite. What is not listed counts as unknown: a function can end sessions, write files or call out.
// Deliberately absent: sequences, advisory locks, pg_sleep, file and network functions, set_config, dblink, query_to_xml.

const words = `
duckdb_columns duckdb_constraints duckdb_databases duckdb_extensions duckdb_functions duckdb_indexes duckdb_keywords
duckdb_memory duckdb_schemas duckdb_sequences duckdb_tables duckdb_types duckdb_views
abs acos acosh age any_value approx_count_distinct approx_quantile approx_top_k arbitrary arg_max arg_max_null arg_min
arg_min_null argmax argmin array_agg array_append array_cat array_concat array_contains array_distinct array_dims
array_extract array_filter array_has array_has_all array_has_any array_indexof array_length array_lower array_ndims
array_position array_positions array_prepend array_remove array_replace array_slice array_sort array_sum array_to_json
array_to_string array_transform array_unique array_upper ascii asin asinh atan atan2 atanh avg bar bin bit_and bit_count
bit_length bit_or bit_xor bitstring bool_and bool_or btrim cardinality cast cbrt ceil ceiling century char char_length
character_length chr coalesce col_description concat concat_ws constant_or_null contains convert convert_tz corr cos cosh
cot count count_if count_star countif covar_pop covar_samp cume_dist curdate current_database current_date
current_schema current_schemas current_time current_timestamp curtime damerau_levenshtein date date_add date_bin date_diff date_format
date_part date_sub date_trunc dateadd datediff datepart datesub datetime datetrunc day dayname dayofmonth dayofweek
dayofyear decade decode degrees dense_rank div element_at elt encode ends_with epoch epoch_ms epoch_ns epoch_us equi_width_bins
era even every exp extract factorial favg field field_in_set find_in_set first first_value flatten floor fmod format format_bytes
format_date formatreadabledecimalsize formatreadablesize formatreadabletimedelta from_base64 from_days from_hex from_json
from_unixtime fsum gamma gcd generate_series generate_subscripts geomean geometric_mean get_bit get_byte get_format greatest
group_concat grouping grouping_id hamming hash hex histogram hour if ifnull iif initcap instr is_histogram_other_bin isfinite isinf
isnan iso_week isodow isoyear jaccard jaro_similarity jaro_winkler_similarity json json_agg json_array json_array_elements
json_array_elements_text json_array_length json_arrayagg json_build_array json_build_object json_contains json_each
json_each_text json_exists json_extract json_extract_path json_extract_path_text json_extract_string json_group_array json_group_object
json_group_structure json_keys json_length json_merge_patch json_object json_object_agg json_object_keys json_objectagg
json_overlaps json_pretty json_query json_quote json_search json_serialize_plan json_structure json_table json_transform json_type json_typeof
json_unquote json_valid json_value jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length
jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_exists jsonb_extract_path jsonb_extract_path_text jsonb_object_agg
jsonb_object_keys jsonb_path_exists jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty
jsonb_set jsonb_strip_nulls jsonb_typeof julian julianday justify_days justify_hours justify_interval kurtosis kurtosis_pop lag last
last_day last_value lcase lcm lead least left left_grapheme len length length_grapheme levenshtein lgamma likelihood
list list_aggr list_aggregate list_any_value list_append list_apply list_avg list_concat list_contains list_cosine_similarity list_count
list_distance list_distinct list_dot_product list_element list_extract list_filter list_first list_grade_up list_has list_has_all
list_has_any list_indexof list_inner_product list_intersect list_last list_max list_median list_min list_position list_prepend
list_reduce list_resize list_reverse list_reverse_sort list_select list_slice list_sort list_string_agg list_sum list_transform
list_unique list_value list_where list_zip ln localtime localtimestamp locate log log10 log2 lower lpad ltrim mad make_date make_interval
make_time make_timestamp make_timestamptz makedate maketime map map_contains map_entries map_extract map_from_entries
map_keys map_values max max_by md5 mean median microsecond mid millennium millisecond min min_by minute mismatches mod mode
month monthname multiply nanosecond nfc_normalize not_ilike_escape now ntile nth_value nullif num_nonnulls num_nulls
nvl obj_description octet_length ord overlay parse_json percent_rank percentile_cont percentile_disc period_add period_diff pg_typeof
pg_column_size pg_database_size pg_get_indexdef pg_get_viewdef pg_indexes_size pg_is_in_recovery pg_last_xact_replay_timestamp
pg_postmaster_start_time pg_blocking_pids pg_relation_size pg_size_pretty pg_table_size pg_total_relation_size pg_wal_lsn_diff
pg_current_wal_lsn pg_last_wal_receive_lsn pg_last_wal_replay_lsn pi position pow power prefix printf product quantile quantile_cont quantile_disc quarter
quote quote_ident quote_literal quote_nullable radians rand random range rank regexp_count regexp_escape
regexp_extract regexp_extract_all regexp_full_match regexp_instr regexp_like regexp_match regexp_matches regexp_replace
regexp_split_to_array regexp_split_to_table regexp_substr regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
regr_sxx regr_sxy regr_syy repeat replace reservoir_quantile reverse right right_grapheme round round_even row row_number row_to_json
rpad rtrim second sec_to_time sem sha1 sha2 sha256 sign signbit sin sinh skewness soundex space split split_part sqrt stats
starts_with std stddev stddev_pop stddev_samp str_split str_split_regex str_to_date strftime string_agg string_split
string_split_regex string_to_array strip_accents strlen strpos strptime struct_concat struct_extract struct_insert struct_pack subdate substr
substring substring_grapheme substring_index subtract suffix sum sum_no_overflow sumkahan sysdate tan tanh time time_bucket
time_diff time_format time_to_sec timediff timestampadd timestampdiff timezone timezone_hour timezone_minute to_base to_base64 to_binary
to_centuries to_char to_date to_days to_decades to_hex to_hours to_json to_jsonb to_microseconds to_milliseconds
to_minutes to_months to_number to_quarters to_seconds to_timestamp to_weeks to_years today total transaction_timestamp
translate trim trunc truncate try_cast try_convert try_strptime typeof ucase unbin unhex unicode union_extract union_tag union_value
unixepoch unix_timestamp unnest upper utc_date utc_time utc_timestamp uuid_extract_timestamp var_pop var_samp variance version vector_type
week weekday weekofyear width_bucket xor year yearweek
statement_timestamp clock_timestamp date_from_parts try_parse iff zeroifnull nullifzero approx_median approx_percentile
bigint binary bit blob bool boolean bpchar character date32 decimal double enum float float4 float8 hugeint int int1 int2 int4 int8
integer interval nchar numeric nvarchar real smallint string struct text timestamp timestamptz timetz tinyint tinytext
ubigint uinteger unsigned usmallint utinyint uuid varbinary varchar varying signed json_arrow
`;

/** Names in lower case. */
export const pureFunctions: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

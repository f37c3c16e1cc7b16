// Functions, and types that may stand before `(`, that only read in MySQL and MariaDB. What is not listed counts as unknown:
// it may be a stored function, which can write. Deliberately absent: locks, sleeping, benchmarks, files, waiting for replicas,
// and LAST_INSERT_ID, which sets a value when it is given one.

const words = `
abs acos add_months adddate addtime aes_decrypt aes_encrypt any_value ascii asin atan atan2 avg bigint bin bin_to_uuid
binary bit bit_and bit_count bit_length bit_or bit_xor cast ceil ceiling char char_length character_length charset chr
coalesce coercibility collation column_check column_exists column_json column_list compress concat concat_ws
connection_id conv convert convert_tz cos cot count crc32 crc32c cume_dist curdate current_date current_time
current_timestamp current_user curtime database date date_add date_format date_sub datediff datetime day dayname
dayofmonth dayofweek dayofyear decimal decode decode_histogram degrees dense_rank double elt encode encrypt exp
export_set extract extractvalue field find_in_set first_value float floor format format_bytes format_pico_time
found_rows from_base64 from_days from_unixtime get_format greatest group_concat grouping hex hour if ifnull inet6_aton
inet6_ntoa inet_aton inet_ntoa instr int integer interval is_free_lock is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6
is_used_lock is_uuid isnull json json_array json_array_append json_array_insert json_arrayagg json_compact
json_contains json_contains_path json_depth json_detailed json_equals json_exists json_extract json_insert json_keys
json_length json_loose json_merge json_merge_patch json_merge_preserve json_normalize json_object json_objectagg
json_overlaps json_pretty json_query json_quote json_remove json_replace json_schema_valid json_search json_set
json_storage_size json_table json_type json_unquote json_valid json_value lag last_day last_value lcase lead least
left length lengthb ln localtime localtimestamp locate log log10 log2 lower lpad ltrim make_set makedate maketime max
md5 median mediumint microsecond mid min minute mod month monthname name_const natural_sort_key nchar now nth_value
ntile nullif numeric nvl nvl2 oct octet_length old_password ord password percent_rank percentile_cont percentile_disc
period_add period_diff pi point position pow power quarter quote radians rand random_bytes rank real regexp_instr
regexp_like regexp_replace regexp_substr repeat replace reverse right round row row_count row_number rpad rtrim schema
schemas sec_to_time second session_user sformat sha sha1 sha2 sign signed sin smallint soundex space sqrt st_area
st_asgeojson st_astext st_contains st_distance st_distance_sphere st_geomfromtext st_intersects st_length st_within
st_x st_y statement_digest std stddev stddev_pop stddev_samp str_to_date strcmp subdate substr substring
substring_index subtime sum sys_guid sysdate system_user tan text time time_format time_to_sec timediff timestamp
timestampadd timestampdiff tinyint to_base64 to_char to_days to_seconds trim truncate ucase uncompress
uncompressed_length unhex unix_timestamp unsigned updatexml upper user utc_date utc_time utc_timestamp uuid uuid_short
uuid_to_bin var_pop var_samp varbinary varchar variance version week weekday weekofyear weight_string year yearweek
`;

/** Names in lower case. */
export const mysqlFunctions: ReadonlySet<string> = new Set(words.trim().split(/\s+/));

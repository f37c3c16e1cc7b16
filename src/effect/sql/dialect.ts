// Which database's rules a piece of SQL is read by.

/** `mysql` stands for MySQL and MariaDB alike. */
export type SqlDialect = 'duckdb' | 'postgres' | 'mysql';

// How names of tables and columns are written in a query: as they are where the database reads them so, else in its quotes.
import type { ToolSchema } from '../guard/index.ts';

/** Whose rules a query is written by. */
export type Dialect = Extract<ToolSchema, { kind: 'tables' }>['dialect'];

/** A name as it stands in a query of this dialect. */
export function sqlName(name: string, dialect: Dialect): string {
  return plain[dialect].test(name) && !isReserved(name, dialect) ? name : quotedName(name, dialect);
}

/** A name in the dialect's quotes. */
export function quotedName(name: string, dialect: Dialect): string {
  const quote = dialect === 'mysql' ? '`' : '"';
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`;
}

// PostgreSQL reads what is not quoted in lower case; DuckDB and MySQL find a column however it is written.
const plain: Readonly<Record<Dialect, RegExp>> = {
  duckdb: /^[A-Za-z_]\w*$/,
  postgres: /^[a-z_][a-z0-9_]*$/,
  mysql: /^[A-Za-z_]\w*$/,
};

function isReserved(name: string, dialect: Dialect): boolean {
  const word = name.toUpperCase();
  return reserved.has(word) || (dialect === 'mysql' && reservedInMysql.has(word));
}

/** Words that no name can be without quotes. Quoting one too many does no harm. */
const reserved = new Set(
  `ALL ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC BETWEEN BOTH BY CASE CAST CHECK COLLATE COLUMN CONSTRAINT CREATE CROSS
  CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEFAULT DELETE DESC DESCRIBE DISTINCT DO DROP ELSE END EXCEPT EXISTS
  FALSE FETCH FOR FOREIGN FROM FULL GRANT GROUP HAVING ILIKE IN INITIALLY INNER INSERT INTERSECT INTO IS JOIN LATERAL LEADING
  LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP NATURAL NOT NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PIVOT PLACING PRIMARY QUALIFY
  REFERENCES RETURNING RIGHT SELECT SESSION_USER SET SHOW SIMILAR SOME SUMMARIZE SYMMETRIC TABLE THEN TO TRAILING TRUE UNION
  UNIQUE UNPIVOT UPDATE USER USING VALUES VARIADIC WHEN WHERE WINDOW WITH`.split(/\s+/),
);

const reservedInMysql = new Set(
  `ADD ALTER BEFORE BIGINT BINARY BLOB CALL CASCADE CHANGE CHAR CHARACTER CONDITION CONVERT CUBE CURSOR DATABASE DATABASES DEC
  DECIMAL DECLARE DELAYED DIV DOUBLE DUAL EACH ELSEIF EMPTY EXIT EXPLAIN FLOAT FORCE FULLTEXT FUNCTION GENERATED GET GROUPING
  GROUPS HIGH_PRIORITY IF IGNORE INDEX INOUT INT INTEGER INTERVAL ITERATE KEY KEYS KILL LAG LEAD LEAVE LINEAR LINES LOAD LOCK
  LONG LOOP MATCH MOD NTILE NUMERIC OF OPTIMIZE OPTION OUT OVER PARTITION PRECISION PROCEDURE PURGE RANGE RANK READ READS REAL
  RECURSIVE REGEXP RELEASE RENAME REPEAT REPLACE REQUIRE RESTRICT RETURN REVOKE RLIKE ROW ROWS ROW_NUMBER SCHEMA SCHEMAS
  SEPARATOR SIGNAL SMALLINT SPATIAL SQL SSL STARTING STORED SYSTEM TERMINATED TINYINT TRIGGER UNDO UNLOCK UNSIGNED USAGE USE
  VARCHAR VARYING VIRTUAL WHILE WRITE XOR ZEROFILL`.split(/\s+/),
);

// The `sql` kind of tool: its settings and how one is opened, embedded or over a server.
import type { ToolKind } from '../tool-kind.ts';
import { mysqlDriver } from './mysql/mysql-driver.ts';
import { postgresDriver } from './postgres/postgres-driver.ts';
import { openServerTool } from './server/server-tool.ts';
import { sqlSettings, type SqlSettings } from './settings.ts';
import { openSqlTool } from './sql-tool.ts';

export const sqlKind: ToolKind<SqlSettings> = {
  kind: 'sql',
  languages: ['sql'],
  settings: sqlSettings,
  asksToExplain: true,
  open(settings, context) {
    switch (settings.engine) {
      case 'postgres':
        return openServerTool(settings, context, postgresDriver);
      case 'mysql':
        return openServerTool(settings, context, mysqlDriver);
      default:
        return openSqlTool(settings, context);
    }
  },
};

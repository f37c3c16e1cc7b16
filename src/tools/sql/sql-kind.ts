// The `sql` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { sqlSettings, type SqlSettings } from './settings.ts';
import { openSqlTool } from './sql-tool.ts';

export const sqlKind: ToolKind<SqlSettings> = {
  kind: 'sql',
  languages: ['sql'],
  settings: sqlSettings,
  open: openSqlTool,
};

// The `kusto` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { openQueryService } from '../http/query-service.ts';
import { serviceSettings } from '../http/service-settings.ts';
import type { ToolKind } from '../tool-kind.ts';
import { kustoService } from './kusto-service.ts';

const kustoSettings = z.strictObject({
  kind: z.literal('kusto'),
  ...serviceSettings,
  database: z.string().min(1).describe('The database that queries are asked of.'),
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['kusto'])
    .describe('Languages of code blocks this tool performs.'),
});

export const kustoKind: ToolKind<z.output<typeof kustoSettings>> = {
  kind: 'kusto',
  languages: ['kusto'],
  settings: kustoSettings,
  open: (settings, context) => openQueryService(settings, context, kustoService(settings.database)),
};

// The `loki` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { openQueryService } from '../http/query-service.ts';
import { serviceSettings } from '../http/service-settings.ts';
import type { ToolKind } from '../tool-kind.ts';
import { lokiService } from './loki-service.ts';

const lokiSettings = z.strictObject({
  kind: z.literal('loki'),
  ...serviceSettings,
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['logql'])
    .describe('Languages of code blocks this tool performs.'),
});

export const lokiKind: ToolKind<z.output<typeof lokiSettings>> = {
  kind: 'loki',
  languages: ['logql'],
  settings: lokiSettings,
  open: (settings, context) => openQueryService(settings, context, lokiService),
};

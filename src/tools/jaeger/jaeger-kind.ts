// The `jaeger` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { openQueryService } from '../http/query-service.ts';
import { serviceSettings } from '../http/service-settings.ts';
import type { ToolKind } from '../tool-kind.ts';
import { jaegerService } from './jaeger-service.ts';

const jaegerSettings = z.strictObject({
  kind: z.literal('jaeger'),
  ...serviceSettings,
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['jaeger'])
    .describe('Languages of code blocks this tool performs.'),
});

export const jaegerKind: ToolKind<z.output<typeof jaegerSettings>> = {
  kind: 'jaeger',
  languages: ['jaeger'],
  settings: jaegerSettings,
  open: (settings, context) => openQueryService(settings, context, jaegerService),
};

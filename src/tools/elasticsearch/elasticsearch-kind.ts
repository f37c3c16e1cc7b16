// The `elasticsearch` kind of tool: its settings and how one is opened.
import { z } from 'zod';
import { openQueryService } from '../http/query-service.ts';
import { serviceSettings } from '../http/service-settings.ts';
import type { ToolKind } from '../tool-kind.ts';
import { elasticsearchService } from './elasticsearch-service.ts';

const elasticsearchSettings = z.strictObject({
  kind: z.literal('elasticsearch'),
  ...serviceSettings,
  languages: z
    .array(z.string().min(1))
    .min(1)
    .default(['elasticsearch'])
    .describe('Languages of code blocks this tool performs.'),
});

export const elasticsearchKind: ToolKind<z.output<typeof elasticsearchSettings>> = {
  kind: 'elasticsearch',
  languages: ['elasticsearch'],
  settings: elasticsearchSettings,
  open: (settings, context) => openQueryService(settings, context, elasticsearchService),
};

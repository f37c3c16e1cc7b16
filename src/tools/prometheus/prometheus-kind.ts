// The `prometheus` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { openPrometheusTool } from './prometheus-tool.ts';
import { prometheusSettings, type PrometheusSettings } from './settings.ts';

export const prometheusKind: ToolKind<PrometheusSettings> = {
  kind: 'prometheus',
  languages: ['promql'],
  settings: prometheusSettings,
  asksToExplain: true,
  open: openPrometheusTool,
};

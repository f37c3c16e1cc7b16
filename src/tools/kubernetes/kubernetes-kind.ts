// The `kubernetes` kind of tool: its settings and how one is opened.
import type { ToolKind } from '../tool-kind.ts';
import { openKubernetesTool } from './kubernetes-tool.ts';
import { kubernetesSettings, type KubernetesSettings } from './settings.ts';

export const kubernetesKind: ToolKind<KubernetesSettings> = {
  kind: 'kubernetes',
  languages: ['kubectl'],
  settings: kubernetesSettings,
  open: openKubernetesTool,
};

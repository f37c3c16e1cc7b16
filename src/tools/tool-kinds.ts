// The kinds of tools there are. Hosts hand this list to the settings reader; `openTools` opens from it.
import type { ToolKind } from './tool-kind.ts';
import { httpKind } from './http/http-kind.ts';
import { kubernetesKind } from './kubernetes/kubernetes-kind.ts';
import { mcpKind } from './mcp/mcp-kind.ts';
import { prometheusKind } from './prometheus/prometheus-kind.ts';
import { shellKind } from './shell/shell-kind.ts';
import { sqlKind } from './sql/sql-kind.ts';

/** Every kind of tool, in the order documentation lists them. */
export const toolKinds: readonly ToolKind[] = [
  sqlKind,
  prometheusKind,
  kubernetesKind,
  shellKind,
  httpKind,
  mcpKind,
] as unknown as readonly ToolKind[];

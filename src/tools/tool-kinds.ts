// The kinds of tools there are. Hosts hand this list to the settings reader; `openTools` opens from it.
import type { ToolKind } from './tool-kind.ts';
import { withLimits } from './call-limits.ts';
import { httpKind } from './http/http-kind.ts';
import { elasticsearchKind } from './elasticsearch/elasticsearch-kind.ts';
import { jaegerKind } from './jaeger/jaeger-kind.ts';
import { kubernetesKind } from './kubernetes/kubernetes-kind.ts';
import { kustoKind } from './kusto/kusto-kind.ts';
import { lokiKind } from './loki/loki-kind.ts';
import { mcpKind } from './mcp/mcp-kind.ts';
import { powershellKind } from './powershell/powershell-kind.ts';
import { prometheusKind } from './prometheus/prometheus-kind.ts';
import { javascriptKind, pythonKind } from './script/script-kinds.ts';
import { shellKind } from './shell/shell-kind.ts';
import { sshKind } from './ssh/ssh-kind.ts';
import { sqlKind } from './sql/sql-kind.ts';

/** Every kind of tool, in the order documentation lists them. */
export const toolKinds: readonly ToolKind[] = (
  [
    sqlKind,
    prometheusKind,
    lokiKind,
    elasticsearchKind,
    jaegerKind,
    kustoKind,
    kubernetesKind,
    shellKind,
    powershellKind,
    sshKind,
    pythonKind,
    javascriptKind,
    httpKind,
    mcpKind,
  ] as unknown as readonly ToolKind[]
).map((kind) => ({ ...kind, settings: withLimits(kind.settings) }));

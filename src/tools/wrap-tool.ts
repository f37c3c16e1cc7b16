// A tool around another one: what it does not do itself, the inner one does. One list of a tool's members, so that no wrapper
// forgets one that came later.
import type { Tool } from '../run/index.ts';

/** The tool, with `own` in place of its members of these names. */
export function wrapTool(tool: Tool, own: Partial<Tool>): Tool {
  return {
    name: tool.name,
    kind: tool.kind,
    languages: tool.languages,
    ...(tool.connection !== undefined && { connection: tool.connection }),
    ...(tool.timeoutMs !== undefined && { timeoutMs: tool.timeoutMs }),
    ...(tool.provides && { provides: tool.provides }),
    describe: () => tool.describe(),
    render: (action, bindings) => tool.render(action, bindings),
    classify: (rendered) => tool.classify(rendered),
    explain: (rendered, signal) => tool.explain(rendered, signal),
    check: (signal, turn) => tool.check(signal, turn),
    ...(tool.offers && { offers: tool.offers.bind(tool) }),
    perform: (rendered, options) => tool.perform(rendered, options),
    ...(tool.schema && { schema: tool.schema.bind(tool) }),
    close: () => tool.close(),
    ...own,
  };
}

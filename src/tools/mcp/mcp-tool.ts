// The `mcp` tool: calls the tools of any MCP server. Arguments are checked against the schema that the server gives; a call
// counts as a read only where the settings say so, by name or by believing the server's own hints.
import type { Tool as ServerTool } from '@modelcontextprotocol/client';
import { nearName } from '../../base/index.ts';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, Binding } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import { holesOf } from '../placeholders.ts';
import { withoutEscapes } from '../safe-text.ts';
import type { OpenedTool, ToolContext } from '../tool-kind.ts';
import { schemaValidator } from './check-schema.ts';
import { mcpSession, type Limit } from './mcp-session.ts';
import { placeCall, type PlacedCall } from './place-call.ts';
import { readCallResult } from './read-call-result.ts';
import type { McpSettings } from './settings.ts';
import { firstOf } from '../cut-text.ts';

/** How long a check, an explain or asking for hints may take. */
const askingMs = 15_000;

export function openMcpTool(settings: McpSettings, context: ToolContext): OpenedTool {
  const session = mcpSession(settings, context);
  const where = settings.url === undefined ? `\`${settings.command?.join(' ') ?? ''}\`` : new URL(settings.url).origin;
  let hinted: ReadonlySet<string> = new Set();
  const placed = (action: Action, bindings: readonly Binding[]): PlacedCall | ActionFailure => {
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : placeCall(action.code, holes);
  };
  const allowed = async (call: PlacedCall, limit: Limit): Promise<ServerTool | ActionFailure> => {
    const tools = await session.tools(limit);
    if (isFailure(tools)) return tools;
    const tool = tools.find(({ name }) => name === call.tool);
    if (tool) return (await argumentProblem(tool, call)) ?? tool;
    const names = tools.map(({ name }) => name);
    const close = nearName(call.tool, names);
    const hint =
      close === undefined
        ? `it has ${
            names
              .slice(0, 10)
              .map((name) => `\`${name}\``)
              .join(', ') || 'none'
          }`
        : `did you mean \`${close}\`?`;
    return failure('refused-by-tool', withoutEscapes(`The server has no tool \`${call.tool}\`; ${hint}`));
  };

  return {
    name: context.name,
    kind: 'mcp',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    connection: JSON.stringify(['mcp', settings.url ?? settings.command, context.folder]),
    describe: () => `MCP server ${where}`,
    render(action, bindings) {
      const call = placed(action, bindings);
      return isFailure(call) ? call : { action, tool: context.name, text: call.shown, bindings };
    },
    classify({ action, bindings }) {
      const call = placed(action, bindings);
      if (isFailure(call)) return { effect: 'unknown', because: call.message };
      if (settings.reads.includes(call.tool))
        return { effect: 'read', because: `the settings say that \`${call.tool}\` reads` };
      return hinted.has(call.tool)
        ? { effect: 'read', because: `the server calls \`${call.tool}\` read-only, and the settings trust it` }
        : { effect: 'unknown', because: `\`${call.tool}\` is not known to only read` };
    },
    async explain({ action, bindings }, signal) {
      const call = placed(action, bindings);
      if (isFailure(call)) return { kind: 'refused', failure: call };
      const tool = await allowed(call, { timeoutMs: askingMs, signal });
      if (!isFailure(tool))
        return { kind: 'accepted', notes: tool.title === undefined ? [] : [withoutEscapes(tool.title)] };
      return tool.reason === 'refused-by-tool' || tool.reason === 'invalid-parameter'
        ? { kind: 'refused', failure: tool }
        : { kind: 'cannot-explain', because: tool.message };
    },
    async check(signal) {
      const tools = await session.tools({ timeoutMs: askingMs, signal });
      return isFailure(tools) ? tools : null;
    },
    async offers(signal) {
      const tools = await session.tools({ timeoutMs: askingMs, signal });
      if (isFailure(tools)) return '';
      const reads = tools.filter(({ name }) => settings.reads.includes(name) || hinted.has(name));
      const about = reads.map(({ name, description = '', inputSchema }) =>
        [
          `- ${name}: ${description.replace(/\s+/g, ' ').slice(0, 200)}`,
          `  ${JSON.stringify(inputSchema).slice(0, 500)}`,
        ].join('\n'),
      );
      return withoutEscapes(about.join('\n'));
    },
    async perform({ action, bindings }, options) {
      const limit = { timeoutMs: Math.min(options.timeoutMs, settings.timeout), signal: options.signal };
      const call = placed(action, bindings);
      if (isFailure(call)) return { kind: 'failure', failure: call };
      const tool = await allowed(call, limit);
      if (isFailure(tool)) return { kind: 'failure', failure: tool };
      const answer = await session.call(call.tool, call.args, limit);
      if (isFailure(answer)) return { kind: 'failure', failure: answer };
      const result = readCallResult(answer, settings.maxOutput);
      if (answer.isError !== true) return { kind: 'result', result };
      const message =
        result.text === undefined || result.text === '' ? 'The tool gave no reason.' : firstOf(result.text, 2000);
      return { kind: 'failure', failure: failure('refused-by-tool', message, { partial: result }) };
    },
    close: () => session.close(),
    ...(settings.trustReadOnlyHints && {
      async prepare() {
        const tools = await session.tools({ timeoutMs: askingMs, signal: new AbortController().signal });
        if (!isFailure(tools))
          hinted = new Set(
            tools.filter(({ annotations }) => annotations?.readOnlyHint === true).map(({ name }) => name),
          );
      },
    }),
  };
}

/** What the server's schema says against the arguments. */
async function argumentProblem(tool: ServerTool, call: PlacedCall): Promise<ActionFailure | null> {
  const validator = await schemaValidator();
  let said: string | undefined;
  try {
    const checked = validator.getValidator(tool.inputSchema as never)(call.args);
    said = checked.valid ? undefined : checked.errorMessage;
  } catch (error) {
    return failure(
      'refused-by-tool',
      withoutEscapes(`The schema of \`${tool.name}\` cannot be used: ${(error as Error).message}.`),
    );
  }
  return said === undefined
    ? null
    : failure(
        'invalid-parameter',
        withoutEscapes(`\`${tool.name}\` does not take these arguments: ${argumentWords(said)}.`),
      );
}

/** `data/limit must be <= 10, data must have …` with the names that the author wrote. */
function argumentWords(said: string): string {
  return said.replace(/(^|, )data\/([\w/]+)/g, '$1`$2`').replace(/(^|, )data (?=must)/g, '$1they ');
}

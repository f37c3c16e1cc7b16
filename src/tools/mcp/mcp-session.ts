// One connection to an MCP server: opened on first use, opened anew when it broke, ended with its process. Nothing is offered
// to the server: no sampling, no questions to the user, no folders.
import type { CallToolResult, Client, Tool as ServerTool } from '@modelcontextprotocol/client';
import type { AbortSignalLike, ActionFailure } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure, timeoutFailure } from '../failure.ts';
import { notStarted } from '../shell/child.ts';
import { withoutEscapes } from '../safe-text.ts';
import type { ToolContext } from '../tool-kind.ts';
import { schemaValidator } from './check-schema.ts';
import type { McpSettings } from './settings.ts';
import { lastOf } from '../cut-text.ts';

/** The largest message that is read from a server. */
const largestMessage = 64_000_000;

export interface McpSession {
  tools(limit: Limit): Promise<readonly ServerTool[] | ActionFailure>;
  call(tool: string, args: Readonly<Record<string, unknown>>, limit: Limit): Promise<CallToolResult | ActionFailure>;
  close(): Promise<void>;
}

export interface Limit {
  readonly timeoutMs: number;
  readonly signal: AbortSignalLike;
}

export function mcpSession(settings: McpSettings, context: ToolContext): McpSession {
  let connecting: Promise<Client | ActionFailure> | null = null;
  let tail = '';

  const connect = async (limit: Limit): Promise<Client | ActionFailure> => {
    tail = '';
    const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    const client = new Client(
      { name: 'tsg-studio', version: '1' },
      {
        capabilities: {},
        versionNegotiation: { mode: 'auto', probe: { timeoutMs: 5000 } },
        jsonSchemaValidator: await schemaValidator(),
      },
    );
    client.onclose = () => {
      connecting = null;
    };
    if (settings.url !== undefined) {
      const headers = await filled(settings.headers, context);
      if (isFailure(headers)) return headers;
      const transport = new StreamableHTTPClientTransport(new URL(settings.url), {
        requestInit: { headers, redirect: 'error' },
      });
      await client.connect(transport, { timeout: limit.timeoutMs });
      return client;
    }
    const { DEFAULT_INHERITED_ENV_VARS, StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
    const secrets = await filled(settings.secretEnv, context);
    if (isFailure(secrets)) return secrets;
    // The client hands on some variables that nobody named; what is undefined is not handed on.
    const env: Record<string, string | undefined> = {};
    for (const name of DEFAULT_INHERITED_ENV_VARS) env[name] = undefined;
    for (const name of settings.env) env[name] = context.env[name];
    const [command = '', ...args] = settings.command ?? [];
    const transport = new StdioClientTransport({
      command,
      args,
      cwd: context.folder,
      env: { ...env, ...secrets } as Record<string, string>,
      stderr: 'pipe',
      maxBufferSize: largestMessage,
    });
    transport.stderr?.on('data', (bytes: Buffer) => {
      tail = lastOf(tail + bytes.toString('utf8'), 2000);
    });
    await client.connect(transport, { timeout: limit.timeoutMs });
    return client;
  };

  const connected = (limit: Limit): Promise<Client | ActionFailure> => {
    connecting ??= connect(limit)
      .catch((error: unknown) => problem(error, limit, 'unavailable'))
      .then((client) => {
        if (isFailure(client)) connecting = null;
        return client;
      });
    return connecting;
  };

  const problem = (error: unknown, limit: Limit, lost: 'crashed' | 'unavailable'): ActionFailure => {
    if (limit.signal.aborted) return cancelledFailure('The call');
    const { code, message } = error as { code?: unknown; message?: string };
    if (code === 'REQUEST_TIMEOUT') return timeoutFailure('The call', limit.timeoutMs);
    const last = withoutEscapes(tail).trim().split('\n');
    // The trace of a crash ends with what helps nobody.
    const said = last.find((line) => /^\s*(\w*Error|panic|fatal)\b/i.test(line))?.trim() ?? last.at(-1) ?? '';
    const words = withoutEscapes(message ?? String(error)).replace(/\.$/, '');
    // Numbers are the protocol's own codes: the server answered, with an error.
    if (typeof code === 'number') return failure('refused-by-tool', `${words}.`);
    if (code === 'ENOENT' && settings.command) return notStarted(settings.command[0], 'command', 'ENOENT');
    if (/\bHTTP 40[13]\b|\bUnauthorized\b|\b(status|code):? 40[13]\b/i.test(words))
      return failure('unavailable', `The MCP server refused the login: ${words}.`);
    if (lost === 'unavailable' && settings.command && /^Connection closed$/i.test(words)) {
      const told = said === '' ? 'It said nothing.' : `It last said: ${said}`;
      return failure(lost, `\`${settings.command.join(' ')}\` ended before it answered; is it an MCP server? ${told}`, {
        transient: true,
      });
    }
    const about = said === '' ? '' : ` It last said: ${said}`;
    // The library lists all that it had expected of a message of the protocol.
    if (lost === 'unavailable' && /"code": "invalid_/.test(words))
      return failure(lost, `What answers there is no MCP server; is the address right?${about}`);
    return failure(
      lost,
      `The MCP server ${lost === 'crashed' ? 'ended the connection' : 'cannot be reached'}: ${words}.${about}`,
      {
        transient: true,
      },
    );
  };

  /** Runs one request within its limit; what breaks becomes a failure. */
  const within = async <T>(
    limit: Limit,
    request: (client: Client, signal: AbortSignal) => Promise<T>,
  ): Promise<T | ActionFailure> => {
    const abort = new AbortController();
    const onAbort = (): void => abort.abort();
    limit.signal.addEventListener('abort', onAbort);
    try {
      if (limit.signal.aborted) return cancelledFailure('The call');
      const cancelled = new Promise<ActionFailure>((resolve) => {
        abort.signal.addEventListener('abort', () => resolve(cancelledFailure('The call')));
      });
      const client = await Promise.race([connected(limit), cancelled]);
      if (isFailure(client)) return client;
      return await request(client, abort.signal);
    } catch (error) {
      return problem(error, limit, settings.url === undefined ? 'crashed' : 'unavailable');
    } finally {
      limit.signal.removeEventListener('abort', onAbort);
    }
  };

  return {
    tools: (limit) =>
      within(
        limit,
        async (client, signal) => (await client.listTools(undefined, { timeout: limit.timeoutMs, signal })).tools,
      ),
    call: (name, args, limit) =>
      within(limit, (client, signal) =>
        client.callTool({ name, arguments: args }, { timeout: limit.timeoutMs, signal }),
      ),
    async close() {
      const client = await connecting;
      connecting = null;
      if (client && !isFailure(client)) await client.close();
    },
  };
}

async function filled(
  texts: Readonly<Record<string, string>>,
  context: ToolContext,
): Promise<Record<string, string> | ActionFailure> {
  const values: Record<string, string> = {};
  for (const [name, reference] of Object.entries(texts)) {
    const text = await context.secrets.fill(reference);
    if ('missing' in text) return failure('unavailable', text.missing);
    values[name] = text.text;
  }
  return values;
}

// A small MCP server for tests, over standard input and output or streamable HTTP: tools that answer, hang, crash and overflow.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

/** A server with every tool that the contract of tools asks for. */
export function testServer(): McpServer {
  const server = new McpServer({ name: 'test', version: '1.0.0' }, { capabilities: { tools: {} } });
  const text = (said: string) => ({ content: [{ type: 'text' as const, text: said }] });
  const none = z.object({});
  server.registerTool('greet', { inputSchema: none, annotations: { readOnlyHint: true } }, () => text('Grüße 漢字 🚀'));
  server.registerTool('hang', { inputSchema: none }, () => new Promise<never>(() => undefined));
  server.registerTool('huge', { inputSchema: none }, () => text('x'.repeat(5_000_000)));
  server.registerTool('binary', { inputSchema: none }, () => ({
    content: [{ type: 'image' as const, data: Buffer.alloc(500).toString('base64'), mimeType: 'image/png' }],
  }));
  server.registerTool('empty', { inputSchema: none }, () => ({ content: [] }));
  server.registerTool('echo', { inputSchema: z.object({ value: z.string() }) }, ({ value }) => text(value));
  server.registerTool('crash', { inputSchema: none }, () => process.exit(3));
  server.registerTool('fail', { inputSchema: none }, () => ({
    ...text('the index is \u001b[31mgone\u001b[0m'),
    isError: true,
  }));
  server.registerTool('environment', { inputSchema: none }, () =>
    text(JSON.stringify(Object.keys(process.env).sort())),
  );
  server.registerTool(
    'search',
    {
      title: 'Search',
      inputSchema: z.object({ query: z.string(), limit: z.number().int().max(10).optional() }),
      annotations: { readOnlyHint: true },
    },
    ({ query, limit = 2 }) => ({
      ...text('found'),
      structuredContent: [...Array(limit).keys()].map((n) => ({ id: n, title: `${query} ${n}` })),
    }),
  );
  return server;
}

if (process.argv[2] === 'stdio') serveStdio(testServer);

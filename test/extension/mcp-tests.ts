// The guides as an MCP server of the editor: registered with it, and started as the editor would start it.
import * as assert from 'node:assert';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { extensionApi, file } from './editor.ts';

export function mcpTests(): void {
  describe('guides for agents', () => {
    it('are a server that the editor knows and that answers', async () => {
      const { registered, servers } = (await extensionApi()).guideServers();
      assert.strictEqual(registered, true);
      const [server] = servers;
      assert.ok(server);
      assert.ok(server.args.includes(file('.').fsPath.replace(/[\\/]$/, '')), server.args.join(' '));
      const child = spawn(server.command, [...server.args], { env: { ...process.env, ...server.env } });
      try {
        const request = {
          jsonrpc: '2.0',
          id: 1,
          method: 'initialize',
          params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
        };
        child.stdin.write(`${JSON.stringify(request)}\n`);
        const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
        const { result } = JSON.parse(line) as { result: { serverInfo: { name: string } } };
        assert.strictEqual(result.serverInfo.name, 'tsg-studio');
      } finally {
        child.kill();
      }
    });
  });
}

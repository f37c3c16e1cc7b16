// A server that refuses every login, for the contract of tools: whatever is asked, it answers 401.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts one that ends with the process; gives its port. */
export async function refusingServer(): Promise<number> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const said = {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        reason: 'Unauthorized',
        code: 401,
        message: 'no',
      };
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

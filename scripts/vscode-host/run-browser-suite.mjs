// Runs one suite in VS Code's browser host with no machine behind it: the workbench's page is told that there is no remote, so
// extensions run in a web worker and only the `browser` entry of the manifest counts. Same exit codes as run-suite.mjs.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize, relative } from 'node:path';
import { openBrowser } from './browser.mjs';
import { project } from './place.mjs';
import { newHome, startServer, workbenchUrl } from './server.mjs';

const types = { '.json': 'application/json', '.js': 'text/javascript', '.css': 'text/css', '.md': 'text/markdown' };

/** `options`: suite (a bundled file below the project's folder, or VS Code does not know whose it is), grep, seconds, screenshot. Resolves to the exit code and the counts that the suite told. */
export async function runBrowserSuite(host, { suite, grep = '', seconds = 180, screenshot }) {
  const vscode = join(dirname(host.entry), '..', '..', 'lib', 'vscode');
  const files = await serveFiles(project);
  const home = newHome();
  const server = await startServer(host, home, { proxy: true });
  const at = (path) => ({
    scheme: 'http',
    authority: `127.0.0.1:${server.port}`,
    path: `/proxy/${files.port}/${path}`,
  });
  let context;
  let timer;
  let counts;
  let over = false;
  try {
    context = await openBrowser(host, home);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.route(`http://127.0.0.1:${server.port}/?*`, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const changed = html.replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_all, start, escaped) => {
          const settings = JSON.parse(escaped.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
          delete settings.remoteAuthority;
          settings.userDataPath = '/browser';
          settings.developmentOptions = {
            ...settings.developmentOptions,
            extensions: [at('extension')],
            extensionTestsPath: at(`extension/${relative(project, suite)}`),
          };
          settings.configurationDefaults = { 'workbench.startupEditor': 'none', 'telemetry.telemetryLevel': 'off' };
          return `${start}${JSON.stringify(settings).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
        },
      );
      await route.fulfill({ response, body: changed });
    });
    // Code-server's page names its own server as the remote whatever the settings say, and keeps the user's data there.
    await page.route('**/vs/code/browser/workbench/workbench.js', async (route) => {
      const text = await readFile(join(vscode, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js'), 'utf8');
      const body = text
        .replace(/remoteAuthority:location\.host\b/, 'remoteAuthority:undefined')
        .replace(
          /(get userRoamingDataHome\(\)\{return \w+\(\w+\.file\(this\.userDataPath\)\.with\(\{scheme:\w+\.)vscodeRemote/,
          '$1vscodeUserData',
        );
      await route.fulfill({ body, contentType: 'text/javascript' });
    });
    const ended = new Promise((resolve) => {
      void page.exposeFunction('codeAutomationExit', (code) => {
        over = true;
        resolve(code);
      });
      page.on('crash', () => resolve(70));
    });
    await page.exposeFunction('codeAutomationLog', (kind, words) => {
      const line = words.map(String).join(' ');
      const told = /TSG_COUNTS (\{.*\})/.exec(line);
      if (told) counts = JSON.parse(told[1]);
      else if (process.env.TSG_HOST_VERBOSE || (!over && /TSG_TEST/.test(line)))
        console[kind === 'error' ? 'error' : 'log'](line.replace('TSG_TEST ', ''));
    });
    await page.goto(`${workbenchUrl(server.port)}&grep=${encodeURIComponent(grep)}`);
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 30_000 });
    const limit = new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1000, 124)));
    const code = await Promise.race([ended, limit]);
    if (screenshot) await page.screenshot({ path: screenshot }).catch(() => undefined);
    return { code: code === 0 && !counts ? 71 : code, counts };
  } finally {
    clearTimeout(timer);
    await context?.close().catch(() => undefined);
    await server.stop();
    files.close();
  }
}

/** Serves a folder as `/extension`; code-server's proxy puts it under the page's own address, where alone the page may load from. */
async function serveFiles(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const inside = path.startsWith('/extension/') ? readFile(join(folder, path.slice('/extension/'.length))) : null;
    Promise.resolve(inside).then(
      (bytes) =>
        bytes
          ? response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'text/plain' }).end(bytes)
          : response.writeHead(404).end(),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}

// The preview's real page in a headless Chromium: the webview's bundle under its own content policy, with the editor's
// side played by the test. Used by tests, the bench and the screenshots.
import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { previewHtml } from '../../src/extension/preview/preview-html.ts';
import { type FromPreview, type ToPreview } from '../../src/protocol/index.ts';
import { themes, type ThemeName } from './editor-themes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const origin = 'https://preview.test';

/** The browser to use, or undefined when this machine has none. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/** Bundles script and style sheet as the build does. */
export async function bundleWebview(): Promise<{ readonly script: string; readonly style: string }> {
  const result = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    entryPoints: { main: 'webview/main.ts', style: 'webview/style.css' },
    outdir: 'dist/webview',
  });
  const text = (end: string): string => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? '';
  return { script: text('main.js'), style: text('style.css') };
}

/** Bundles the layout worker into a file of its own. */
export async function bundleLayoutWorker(folder: string): Promise<string> {
  const outfile = join(folder, 'layout-worker.mjs');
  await build({
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    entryPoints: ['src/extension/preview/layout-worker.ts'],
    outfile,
  });
  return outfile;
}

/** A message to the page before it has its number. */
type NumberlessToPreview = ToPreview extends infer M ? (M extends ToPreview ? Omit<M, 'request'> : never) : never;

/** A page and the browser behind it. */
export interface PreviewPage {
  readonly page: Page;
  /** Sends a message and waits for its answer. */
  ask(message: NumberlessToPreview): Promise<FromPreview>;
  /** The same, with the page's time from the message's arrival as text to the answer. */
  timed(message: NumberlessToPreview): Promise<{ readonly answer: FromPreview; readonly milliseconds: number }>;
  /** What the page has said so far, answers included. */
  said(): Promise<readonly FromPreview[]>;
  /** What the policy has refused. */
  violations(): Promise<readonly string[]>;
}

export class PreviewBrowser {
  readonly #context: BrowserContext;
  readonly #profile: string;
  readonly #bundle: Awaited<ReturnType<typeof bundleWebview>>;

  private constructor(context: BrowserContext, profile: string, bundle: Awaited<ReturnType<typeof bundleWebview>>) {
    this.#context = context;
    this.#profile = profile;
    this.#bundle = bundle;
  }

  static async launch(executablePath: string): Promise<PreviewBrowser> {
    const profile = mkdtempSync(join(tmpdir(), 'tsg-preview-'));
    const flags = [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ];
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      chromiumSandbox: false,
      args: flags,
      viewport: { width: 760, height: 900 },
    });
    return new PreviewBrowser(context, profile, await bundleWebview());
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true });
  }

  /** Opens the preview as the editor would, in a theme, with the state of an earlier page if given. */
  async open(
    theme: ThemeName = 'light',
    options: { readonly state?: unknown; readonly width?: number; readonly height?: number } = {},
  ): Promise<PreviewPage> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width: options.width ?? 760, height: options.height ?? 900 });
    const html = previewHtml({
      cspSource: origin,
      script: `${origin}/main.js`,
      style: `${origin}/style.css`,
      nonce: 'bm9uY2U=',
    });
    await page.route('**/*', (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
      if (path === '/main.js') return route.fulfill({ contentType: 'text/javascript', body: this.#bundle.script });
      if (path === '/style.css') return route.fulfill({ contentType: 'text/css', body: this.#bundle.style });
      return route.abort();
    });
    const { kind, variables } = themes[theme];
    await page.addInitScript({ content: editorSide(kind, variables, options.state) });
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => (globalThis as unknown as { said: unknown[] }).said.length > 0);
    return makePage(page);
  }
}

function makePage(page: Page): PreviewPage {
  let requests = 0;
  const timed: PreviewPage['timed'] = async (message) => {
    const request = ++requests;
    // As text: the editor, too, sends messages as JSON, and the driver's own encoding of large values is slow.
    const text = JSON.stringify({ ...message, request });
    return page.evaluate(
      `new Promise((resolve) => {
        const started = performance.now();
        globalThis.heard = (message) => {
          if ((message.kind !== 'done' && message.kind !== 'failed') || message.request !== ${request}) return;
          resolve({ answer: message, milliseconds: performance.now() - started });
        };
        postMessage(JSON.parse(${JSON.stringify(text)}), '*');
      })`,
    );
  };
  return {
    page,
    timed,
    ask: async (message) => (await timed(message)).answer,
    said: () => page.evaluate('said'),
    violations: () => page.evaluate('refused'),
  };
}

/** The editor's part of the page, as text: it records what the page says and sets the theme as the editor does. */
function editorSide(kind: string, variables: Readonly<Record<string, string>>, state: unknown): string {
  return `
    globalThis.said = [];
    globalThis.refused = [];
    globalThis.kept = ${JSON.stringify(state) ?? 'undefined'};
    addEventListener('securitypolicyviolation', (event) => refused.push([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber, event.columnNumber].join(' ')));
    globalThis.acquireVsCodeApi = () => ({
      postMessage: (message) => {
        said.push(structuredClone(message));
        globalThis.heard?.(message);
      },
      getState: () => globalThis.kept,
      setState: (kept) => (globalThis.kept = structuredClone(kept)),
    });
    const dress = () => {
      const variables = ${JSON.stringify(variables)};
      for (const [name, value] of Object.entries(variables)) document.documentElement?.style.setProperty(name, value);
      if (document.body) document.body.className = ${JSON.stringify(kind)};
    };
    dress();
    document.addEventListener('DOMContentLoaded', dress);`;
}

// A plan and its guide as one HTML file: the diagram room's page with the script and style that the build made for it.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { layoutPlan, pageOfPlan, renderHtmlPage } from '../diagram/index.ts';
import type { Plan } from '../plan/index.ts';
import { usageError } from './exit-code.ts';
import type { GuideText } from './guide-text.ts';

/** The page names the guide by its file's name alone, so that the same guide gives the same bytes wherever it lies. */
export async function writeHtml(plan: Plan, source: GuideText | null): Promise<string> {
  const folder = builtPage();
  const [script, style] = await Promise.all(
    ['page.js', 'page-style.css'].map((name) => readFile(new URL(name, folder), 'utf8')),
  );
  const diagram = await layoutPlan(plan, { direction: 'down' });
  const page = pageOfPlan(plan, diagram, source && { file: basename(source.file), text: source.text });
  return renderHtmlPage(page, {
    script: (script ?? '').trim(),
    style: (style ?? '').trim(),
    hash: (text) => createHash('sha256').update(text).digest('base64'),
  });
}

/** The folder that the build writes the page's parts to: beside the running bundle, or in `dist` when we run from source. */
function builtPage(): URL {
  for (const relative of ['./webview/', '../webview/', '../../dist/webview/']) {
    const folder = new URL(relative, import.meta.url);
    if (existsSync(fileURLToPath(new URL('page.js', folder)))) return folder;
  }
  throw usageError("The page's script is not built.", 'run `npm run build` first.');
}

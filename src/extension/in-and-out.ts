// Plans in other forms: the open guide's as DOT or as one HTML page, and flowcharts, procedures and PlanDAG files as plans.
import * as vscode from 'vscode';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isSop, type Plan, readMermaid, readPlanDag, readSop, writePlanDag } from '../plan/index.ts';
import { loadEngine } from './load-engine.ts';
import { saveTarget } from './save-target.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';

/** Asks where to, then writes the plan and its guide as one page that needs no network. */
export async function exportHtml(
  root: vscode.Uri,
  document: vscode.TextDocument,
  plan: Plan,
  to?: string,
): Promise<vscode.Uri | undefined> {
  const target = await saveTarget(document, { extension: 'html', kind: vscode.l10n.t('HTML page') }, to);
  if (!target) return undefined;
  const [script, style] = await Promise.all(
    ['page.js', 'page-style.css'].map(async (name) => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, 'dist', 'webview', name));
      return new TextDecoder().decode(bytes).trim();
    }),
  );
  const { layoutPlan, pageOfPlan, renderHtmlPage } = await loadEngine();
  const diagram = await layoutPlan(plan, { direction: 'down' });
  const page = pageOfPlan(plan, diagram, { file: basename(document.uri.path), text: document.getText() });
  const html = renderHtmlPage(page, {
    script: script ?? '',
    style: style ?? '',
    hash: (text) => createHash('sha256').update(text).digest('base64'),
  });
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(html));
  return target;
}

/** Reads a file that holds a plan in another form and shows it as PlanDAG, with what of it was read in a particular way. */
export async function importPlan(
  texts: TextDocuments,
  named: string | undefined,
): Promise<vscode.TextDocument | undefined> {
  const [uri] =
    named !== undefined
      ? [vscode.Uri.parse(named)]
      : ((await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Import a plan'),
          filters: { [vscode.l10n.t('Flowcharts, procedures and plans')]: ['mmd', 'mermaid', 'json'] },
        })) ?? []);
  if (!uri) return undefined;
  const name = basename(uri.path);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const read = readOther(name, text);
  if (!read.plan) {
    const [first] = read.problems;
    throw new NotAllowed(
      vscode.l10n.t(
        '{0} cannot be read as a plan: {1}',
        name,
        first ? `${first.line}:${first.column}: ${first.message}` : '',
      ),
    );
  }
  const { guide } = read.plan;
  const stem = name.replace(/(\.(?:plandag|sop))?\.json$|\.(mmd|mermaid)$/i, '');
  const plan = { ...read.plan, guide: { ...guide, title: guide.title || stem } };
  if (read.notes.length > 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0}: {1}', name, read.notes.map(({ line, message }) => `${line}: ${message}`).join(' ')),
    );
  return texts.show('import', `${stem}.plandag.json`, writePlanDag(plan));
}

interface Remark {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A plan, or what is wrong with the text. */
function readOther(
  name: string,
  text: string,
): { readonly plan: Plan | null; readonly problems: readonly Remark[]; readonly notes: readonly Remark[] } {
  const about = { file: name, sha256: '' };
  if (/\.(mmd|mermaid)$/i.test(name)) return withAll(readMermaid(text, about));
  if (/\.sop\.json$/i.test(name) || (!/\.plandag\.json$/i.test(name) && isSop(text)))
    return withAll(readSop(text, about));
  return withAll(readPlanDag(text));
}

function withAll(read: {
  readonly plan?: Plan | undefined;
  readonly problems?: readonly Remark[] | undefined;
  readonly notes?: readonly Remark[];
}): { readonly plan: Plan | null; readonly problems: readonly Remark[]; readonly notes: readonly Remark[] } {
  return { plan: read.plan ?? null, problems: read.problems ?? [], notes: read.notes ?? [] };
}

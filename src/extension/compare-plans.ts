// Compares the open guide's plan with another: the last commit, an earlier one, or a file. The preview draws both in one and
// follows the text until the comparison is closed.
import * as vscode from 'vscode';
import { planOf } from '../editing/index.ts';
import {
  guideStem,
  describeDiff,
  diffPlans,
  isSop,
  type Plan,
  readMermaid,
  readPlanDag,
  readSop,
} from '../plan/index.ts';
import { commitsOf, type GitFile, gitFile } from './git-file.ts';
import type { PreviewController } from './preview/index.ts';
import type { TextDocuments } from './text-documents.ts';
import { NotAllowed } from './trust.ts';
import { nameOf } from './uri-name.ts';

/** What a guide is compared with, for those who call the command: a commit, or a file's address. */
export interface CompareTarget {
  readonly commit?: string;
  readonly file?: string;
}

interface Choice extends vscode.QuickPickItem {
  readonly target: CompareTarget | 'pick';
}

/** Shows the comparison; asks with what unless told. */
export async function comparePlans(
  preview: PreviewController,
  document: vscode.TextDocument,
  told: CompareTarget,
): Promise<void> {
  const git = await gitFile(document.uri);
  const target = told.commit !== undefined || told.file !== undefined ? told : await ask(git);
  if (!target) return;
  const { plan: old, name } = await planFor(target, git, nameOf(document.uri));
  preview.compare(document, {
    title: vscode.l10n.t('Compared with {0}', name),
    note: '',
    proposal: null,
    sides: (next) => ({ old, next }),
  });
}

/** Everything that the comparison shown for a guide tells, as a text. */
export function changesText(old: Plan, next: Plan): string {
  const sections = describeDiff(diffPlans(old, next), old, next);
  if (sections.length === 0) return 'Nothing differs.\n';
  return sections
    .map(({ title, lines }) => {
      const told = lines.flatMap(({ sign, text, lines: texts }) => [
        `  ${sign} ${text}`,
        ...texts.map((line) => `      ${line.sign} ${line.text}`),
      ]);
      return `${[title, ...told].join('\n')}\n`;
    })
    .join('\n');
}

/** Opens the text of what differs. */
export async function tellChanges(
  preview: PreviewController,
  texts: TextDocuments,
  document: vscode.TextDocument,
): Promise<vscode.TextDocument> {
  const sides = preview.compared(document.uri);
  if (!sides) throw new NotAllowed(vscode.l10n.t('No comparison of this guide is shown.'));
  const name = `${guideStem(nameOf(document.uri))}.changes.txt`;
  return texts.show('changes', name, changesText(sides.old, sides.next));
}

async function ask(git: GitFile | undefined): Promise<CompareTarget | undefined> {
  const commits = git ? await commitsOf(git) : [];
  const choices: Choice[] = [
    ...(git
      ? [{ label: 'HEAD', description: vscode.l10n.t('the last commit'), target: { commit: 'HEAD' } } as const]
      : []),
    { label: vscode.l10n.t('Another file…'), target: 'pick' },
    ...commits.map(({ hash, message, date }): Choice => ({
      label: hash.slice(0, 8),
      description: message.split('\n', 1)[0] ?? '',
      ...(date && { detail: date.toLocaleString() }),
      target: { commit: hash },
    })),
  ];
  const picked = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Compare the plan with which?'),
    matchOnDescription: true,
  });
  if (picked?.target !== 'pick') return picked?.target;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Compare with'),
      filters: { [vscode.l10n.t('Guides and plans')]: ['md', 'json', 'mmd', 'mermaid'] },
    })) ?? [];
  return file && { file: file.toString() };
}

async function planFor(
  { commit, file }: CompareTarget,
  git: GitFile | undefined,
  own: string,
): Promise<{ readonly plan: Plan; readonly name: string }> {
  if (commit !== undefined) {
    if (!git)
      throw new NotAllowed(
        vscode.l10n.t('This guide is in no git repository that the editor knows; compare with a file.'),
      );
    const text = await git.show(commit);
    if (text === undefined)
      throw new NotAllowed(vscode.l10n.t('The guide is not in {0}; compare with a file.', commit.slice(0, 8)));
    const { plan } = planOf(text, { file: own, sha256: '' });
    return { plan, name: /^[0-9a-f]{40}$/.test(commit) ? commit.slice(0, 8) : commit };
  }
  const uri = vscode.Uri.parse(file ?? '');
  const name = nameOf(uri);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const plan = readAsPlan(name, text);
  if (!plan) throw new NotAllowed(vscode.l10n.t('{0} cannot be read as a plan.', name));
  return { plan, name };
}

function readAsPlan(name: string, text: string): Plan | undefined {
  const about = { file: name, sha256: '' };
  if (/\.(mmd|mermaid)$/i.test(name)) return readMermaid(text, about).plan ?? undefined;
  if (!/\.json$/i.test(name)) return planOf(text, about).plan;
  return (/\.plandag\.json$/i.test(name) || !isSop(text) ? readPlanDag(text) : readSop(text, about)).plan ?? undefined;
}

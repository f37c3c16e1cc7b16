// The prompts of a person in VS Code: a quick pick for decisions, a modal dialog with the exact text for approvals, an input
// box for parameters. Each stays open when the focus goes elsewhere, so that the guide can be read meanwhile.
import * as vscode from 'vscode';
import type { FirstUse, Parameter } from '../plan/index.ts';
import { nodeName } from '../run/index.ts';
import { quoted } from './quoted.ts';
import { said } from './said.ts';
import { statusWord } from './words.ts';
import type { ApprovalRequest, Circumstances, DecisionRequest, Prompts, SettleRequest } from './prompts.ts';

/** More lines than this are not read in a dialog: the text is opened in an editor before it can be approved. */
const dialogLines = 24;

/** Shows a text that belongs to no file, beside the guide. */
export type ShowText = (title: string, text: string) => Promise<void>;

export function askInEditor(showText: ShowText): Prompts {
  return {
    decide,
    approve: (request, about) => approve(request, about, showText),
    environment,
    environmentAgain,
    settle,
    tellChanged,
    tellNotTaken: (because) => void vscode.window.showWarningMessage(quoted(said(because))),
    value,
  };
}

function tellChanged(files: readonly string[]): void {
  const names = files.join(', ');
  const sentence =
    files.length === 1
      ? vscode.l10n.t('{0} has changed since; the run goes on with the plan it began with.', names)
      : vscode.l10n.t('{0} have changed since; the run goes on with the plan it began with.', names);
  void vscode.window.showWarningMessage(sentence);
}

type Choice = vscode.QuickPickItem & { readonly edges?: readonly string[]; readonly several?: true };

function labelOf({ to, condition, again }: DecisionRequest['choices'][number]): string {
  if (condition !== null) return again ? vscode.l10n.t('Once more: {0}', condition) : condition;
  return again ? vscode.l10n.t('Once more from {0}', nodeName(to)) : vscode.l10n.t('Go on to {0}', nodeName(to));
}

async function decide(request: DecisionRequest, about: Circumstances): Promise<readonly string[] | undefined> {
  const choices: Choice[] = request.choices.map((choice) => ({
    label: labelOf(choice),
    description: `\u2192 ${about.titles[choice.to] ?? nodeName(choice.to)}${choice.outcome ? ` (${statusWord(choice.outcome)})` : ''}`,
    edges: [choice.edge],
  }));
  const rest: Choice[] = [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...(choices.length > 1 ? [{ label: vscode.l10n.t('Several of these\u2026'), several: true as const }] : []),
    {
      label: isOneCondition(request) ? vscode.l10n.t('It does not hold') : vscode.l10n.t('None of these fits'),
      description: noneDescription(request, about),
      edges: [],
    },
  ];
  const evidence: Choice[] = about.evidence
    ? [{ label: about.evidence, kind: vscode.QuickPickItemKind.Separator }]
    : [];
  const picked = await vscode.window.showQuickPick([...evidence, ...choices, ...rest], {
    title: isOneCondition(request)
      ? vscode.l10n.t('{0}: does this hold?', about.step)
      : vscode.l10n.t('{0}: which of these holds?', about.step),
    placeHolder: quoted(
      request.model
        ? vscode.l10n.t('The model {0} did not decide: {1}', request.model.name, request.model.because)
        : request.because,
    ),
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (!picked?.several) return picked?.edges;
  const many = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('{0}: which of these hold?', about.step),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return many?.flatMap((choice) => choice.edges ?? []);
}

function isOneCondition({ choices }: DecisionRequest): boolean {
  return choices.length === 1 && choices[0]?.condition !== null;
}

/** What comes of choosing none. */
function noneDescription({ holds, goesOn }: DecisionRequest, about: Circumstances): string {
  if (holds !== undefined) return vscode.l10n.t('the run goes on with the condition that holds');
  if (!goesOn) return vscode.l10n.t('the run stops here with what was found');
  return `\u2192 ${goesOn.map((node) => about.titles[node] ?? nodeName(node)).join(', ')}`;
}

async function approve(
  request: ApprovalRequest,
  about: Circumstances,
  showText: ShowText,
): Promise<'approve' | 'refuse' | undefined> {
  const { effect, tool } = request;
  const asked =
    effect === 'write'
      ? vscode.l10n.t('{0}: run this with \u2018{1}\u2019? It writes.', about.step, tool)
      : effect === 'read'
        ? vscode.l10n.t('{0}: run this with \u2018{1}\u2019? It reads.', about.step, tool)
        : vscode.l10n.t('{0}: run this with \u2018{1}\u2019? It may write.', about.step, tool);
  const title = about.environment === undefined ? asked : `${environmentSign(about.environment)} ${asked}`;
  const lines = request.text.split('\n');
  const yes = vscode.l10n.t('Approve and Run');
  const no = vscode.l10n.t('Refuse');
  const open = vscode.l10n.t('Read the Text');
  const isShort = lines.length <= dialogLines && request.text.length <= 2000;
  const detail = isShort
    ? [
        request.text,
        ...whereWords(request, about),
        vscode.l10n.t('It asks because {0}.', quoted(request.because)),
        ...peopleWords(request),
      ].join('\n\n')
    : `${lines.slice(0, dialogLines).join('\n').slice(0, 2000)}\n\u2026\n\n${vscode.l10n.t('The text has {0} lines. Read it before you approve it.', lines.length)}${[
        ...whereWords(request, about),
        ...peopleWords(request),
      ]
        .map((words) => `\n\n${words}`)
        .join('')}`;
  // Enter takes the first: it must change nothing when the dialog comes up under someone who types.
  const choices = isShort ? (effect === 'read' ? [yes, no] : [open, yes, no]) : [open, no];
  const first = await vscode.window.showWarningMessage(title, { modal: true, detail }, ...choices);
  if (first !== open) return first === yes ? 'approve' : first === no ? 'refuse' : undefined;
  await showText(`${request.action}.txt`, request.text);
  const second = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} The text is open beside the guide.', title),
    yes,
    no,
  );
  return second === yes ? 'approve' : second === no ? 'refuse' : undefined;
}

/** Dialogs have no colours of their own. */
const circles: Readonly<Record<string, string>> = {
  red: '\u{1F534}',
  yellow: '\u{1F7E1}',
  green: '\u{1F7E2}',
  blue: '\u{1F535}',
};

function environmentSign({ name, color = '' }: NonNullable<Circumstances['environment']>): string {
  return `${circles[color] ?? ''} [${name}]`.trim();
}

/** Where it would happen, and how it is undone. */
function whereWords({ tool, where }: ApprovalRequest, { undo }: Circumstances): readonly string[] {
  return [
    ...(where === undefined ? [] : [vscode.l10n.t('\u2018{0}\u2019 reaches: {1}', tool, where)]),
    ...(undo === undefined ? [] : [vscode.l10n.t('To undo it: {0}', quoted(undo))]),
  ];
}

/** How many people must say yes, and who has, where one is not enough. */
function peopleWords({ people, givenBy = [] }: ApprovalRequest): readonly string[] {
  if (people === undefined) return [];
  return givenBy.length === 0
    ? [vscode.l10n.t('It takes the approval of {0} people.', people)]
    : [vscode.l10n.t('It takes the approval of {0} people; so far: {1}.', people, givenBy.join(', '))];
}

async function environment(before: string | null, chosen: string): Promise<'keep' | 'change' | undefined> {
  const keep = before === null ? vscode.l10n.t('Go On Without One') : vscode.l10n.t('Go On in \u2018{0}\u2019', before);
  const change = vscode.l10n.t('Change to \u2018{0}\u2019', chosen);
  const question =
    before === null
      ? vscode.l10n.t('The run was started in no environment; the editor is set to \u2018{0}\u2019.', chosen)
      : vscode.l10n.t('The run was started in \u2018{0}\u2019; the editor is set to \u2018{1}\u2019.', before, chosen);
  const detail = vscode.l10n.t(
    'What was found so far stays when it changes, and approvals given so far do not count there.',
  );
  return keepOrChange(question, detail, keep, change);
}

async function environmentAgain(before: string | null, now: string | null): Promise<'keep' | 'change' | undefined> {
  const named = (name: string | null): string =>
    name === null ? vscode.l10n.t('no environment') : `\u2018${name}\u2019`;
  const keep = vscode.l10n.t('Run in {0}', named(before));
  const change = vscode.l10n.t('Run in {0}', named(now));
  const question = vscode.l10n.t('The run was in {0}; it would run again in {1}.', named(before), named(now));
  const detail = vscode.l10n.t(
    'The same values may mean something else there, and what only reads is performed without another question.',
  );
  return keepOrChange(question, detail, keep, change);
}

async function keepOrChange(
  question: string,
  detail: string,
  keep: string,
  change: string,
): Promise<'keep' | 'change' | undefined> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, keep, change);
  return answer === keep ? 'keep' : answer === change ? 'change' : undefined;
}

async function settle(request: SettleRequest, about: Circumstances): Promise<'done' | 'failed' | 'repeat' | undefined> {
  const manual = request.kind === 'manual-action';
  const message = manual
    ? vscode.l10n.t('{0}: no tool performs this. Do it by hand, then say how it went.', about.step)
    : vscode.l10n.t('{0}: the run was cut off while this was under way. Nobody knows whether it happened.', about.step);
  const answers = manual
    ? ({ [vscode.l10n.t('Done')]: 'done', [vscode.l10n.t('It Failed')]: 'failed' } as const)
    : ({
        [vscode.l10n.t('It Happened')]: 'done',
        [vscode.l10n.t('It Failed')]: 'failed',
        [vscode.l10n.t('Run It Again')]: 'repeat',
      } as const);
  const picked = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: request.text },
    ...Object.keys(answers),
  );
  return picked === undefined ? undefined : answers[picked as keyof typeof answers];
}

async function value(
  parameter: Parameter,
  remembered: string | undefined,
  wrong: (text: string) => string | null,
  use: FirstUse | null,
): Promise<string | undefined> {
  const start = remembered ?? (parameter.default === undefined ? undefined : String(parameter.default));
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Parameter {0}', parameter.name),
    prompt: [
      parameter.description,
      parameter.examples?.length ? vscode.l10n.t('for example {0}', parameter.examples.join(', ')) : '',
      use && vscode.l10n.t('for {0}: {1}', nodeName(use.node), use.line),
    ]
      .filter(Boolean)
      .join(' \u2014 '),
    password: parameter.secret,
    ignoreFocusOut: true,
    ...(start !== undefined && !parameter.secret && { value: start }),
    validateInput: wrong,
  });
}

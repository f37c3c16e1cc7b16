// Drafts a whole guide: asks the model, checks what it writes like any other guide, and sends the findings back until it has no
// errors, twice at most.
import type { Diagnostic } from '../diagnostics/index.ts';
import { analyze, type Analysis, type AnalyzeAbout } from '../editing/index.ts';
import { type Checked, type Conversation, converse, type Model } from '../model/index.ts';
import type { AbortSignalLike, BudgetShare } from '../run/index.ts';
import { draftPrompt, draftSchema } from './draft-prompt.ts';
import { type LibraryGuide, nearestGuides } from './nearest-guides.ts';

/** A guide without errors, as the model wrote it. */
export interface Draft {
  readonly text: string;
  readonly analysis: Analysis;
}

export interface DraftOptions {
  readonly incident: string;
  readonly library: readonly LibraryGuide[];
  /** What the draft is checked with; its file is the draft's name. */
  readonly about: AnalyzeAbout;
  /** Takes out of texts what must not leave the machine. */
  readonly mask: (text: string) => string;
  readonly onText?: (soFar: string) => void;
  /** What it may use up. */
  readonly within?: BudgetShare | undefined;
}

const mostExamples = 3;
const longestGuide = 100_000;
/** Findings that are sent back. */
const mostFindings = 20;

/** Never rejects. The files of the examples are told too. */
export async function draftGuide(
  model: Model,
  { incident, library, about, mask, onText, within }: DraftOptions,
  signal: AbortSignalLike,
): Promise<{ readonly conversation: Conversation<Draft>; readonly examples: readonly string[] }> {
  const examples = nearestGuides(library, incident, mostExamples);
  const messages = draftPrompt({ incident, examples, languages: about.languages });
  const conversation = await converse<Draft>(
    model,
    {
      messages: messages.map(({ role, text }) => ({ role, text: mask(text) })),
      schema: { name: 'guide', schema: draftSchema },
      check: (answer) => checkDraft(answer, about),
      within,
      ...(onText && { onText }),
    },
    signal,
  );
  return { conversation, examples: examples.map(({ file }) => file) };
}

function checkDraft(answer: unknown, about: AnalyzeAbout): Checked<Draft> {
  const written = (answer as { readonly guide?: unknown } | undefined)?.guide;
  if (typeof written !== 'string' || written.trim() === '')
    return { kind: 'invalid', problem: 'The answer is not a JSON object with the guide’s text in "guide".' };
  if (written.length > longestGuide)
    return { kind: 'invalid', problem: `The guide is longer than ${longestGuide} characters.` };
  const text = `${withoutFence(written).trim()}\n`;
  const analysis = analyze(text, about);
  const { plan, diagnostics } = analysis;
  if (!plan.nodes.some(({ kind }) => kind === 'step'))
    return { kind: 'invalid', problem: 'No step could be read from it; expected headings such as "## Step 1 - …".' };
  if (!diagnostics.some(({ severity }) => severity === 'error')) return { kind: 'value', value: { text, analysis } };
  const findings = diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .slice(0, mostFindings)
    .map((finding) => describe(finding, analysis));
  return { kind: 'invalid', problem: `The guide has errors when it is checked:\n${findings.join('\n')}\n` };
}

function describe({ severity, code, message, hint, span }: Diagnostic, { guide }: Analysis): string {
  const { line } = guide.lines.positionAt(span.start);
  return `line ${line}, ${severity} ${code}: ${message}${hint === undefined ? '' : ` Hint: ${hint}`}`;
}

/** A model may put the whole guide into a fence, against what it was asked. */
function withoutFence(text: string): string {
  const found = /^\s*(`{3,})(?:markdown|md)?[ \t]*\r?\n([\s\S]*?)\r?\n\1\s*$/.exec(text);
  const [, , inside] = found ?? [];
  return inside !== undefined && /^(?:---|#)/m.test(inside) ? inside : text;
}

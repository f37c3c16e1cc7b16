// `tsg propose`: asks the model of the settings about each passage of a guide that could not be read, and prints what it
// proposes. Writes nothing unless told to.
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { hideSecrets, openModelJournal, sha256Hex } from '../adapters/index.ts';
import { applyEdits } from '../diagnostics/index.ts';
import { analyze, type Analysis, type AnalyzeAbout } from '../editing/index.ts';
import { type Conversation, type Cost, type Model, useWords } from '../model/index.ts';
import { budgetLeft, nothingSpent, spend, usedUp } from '../run/index.ts';
import { describeDiff, diffPlans, type NotRead } from '../plan/index.ts';
import {
  askAboutPassage,
  type PassageAnswer,
  type Proposal,
  type ProposeOptions,
  proposalOf,
  samePassage,
  unreadPassages,
} from '../propose/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findModel } from './find-model.ts';
import { describeWriteError, readText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

export interface ProposeFlags {
  readonly config?: string;
  readonly json: boolean;
  readonly write: boolean;
  /** Passages that are asked about. */
  readonly max: number;
}

/** What came of one passage. */
interface Asked {
  readonly passage: NotRead;
  readonly line: number;
  readonly conversation: Conversation<PassageAnswer>;
  readonly proposal: Proposal | null;
  readonly before: Analysis;
  readonly written: boolean;
}

export async function proposeCommand(file: string, flags: ProposeFlags, terminal: Terminal): Promise<ExitCode> {
  const { model, terms, settings, languages } = await findModel(flags.config, file);
  const { text, sha256 } = readText(file);
  if (flags.write && sha256Hex(Buffer.from(text, 'utf8')) !== sha256)
    throw usageError(`\`${printableLine(file)}\` is no UTF-8 text, so nothing can be written into it.`);
  const about: AnalyzeAbout = { file: resolve(file), sha256, languages, severities: settings.check.severities };
  const journal = openModelJournal(dirname(settings.file ?? resolve(file)));
  const interrupt = new AbortController();
  const stop = (): void => interrupt.abort();
  process.once('SIGINT', stop);
  let current = text;
  const all: Asked[] = [];
  const spent = nothingSpent();
  const currency = model.price?.currency;
  let over: string | null = null;
  let passages: readonly NotRead[] = [];
  try {
    const first = analyze(text, about);
    passages = unreadPassages(first).slice(0, flags.max);
    for (const [index, passage] of passages.entries()) {
      over = usedUp(terms.budget?.run, spent, currency);
      if (interrupt.signal.aborted || over !== null) break;
      const before = analyze(current, about);
      const now = samePassage(passage, before);
      if (!now) continue;
      const line = passage.source.startLine;
      if (!flags.json)
        terminal.err(`Asking ${printableLine(model.name)} about line ${line} (${index + 1} of ${passages.length})…\n`);
      const within = budgetLeft(terms.budget, { step: nothingSpent(), run: spent }, currency);
      const asked = await ask(model, before, now, { about, mask: hideSecrets, within }, interrupt.signal);
      spend(spent, asked.conversation);
      await journal.add(
        { purpose: 'proposal', model: model.name, guide: shownPath(file), passage: passage.text },
        asked.conversation,
      );
      const written = flags.write && isSure(asked.proposal, terms.confidence);
      if (written) current = applyEdits(current, asked.proposal?.line?.edits ?? []);
      all.push({ ...asked, passage, line, before, written });
      if (!flags.json) printAsked(all[all.length - 1] as Asked, terminal);
    }
  } finally {
    process.off('SIGINT', stop);
  }
  if (current !== text)
    await writeFile(file, current).catch((error: unknown) => {
      throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
    });
  const left = over === null ? 0 : passages.length - all.length;
  const because = over === null ? '' : `the budget of ${over} is used up`;
  if (flags.json) {
    const json = { ...toJson(file, model, all), notAsked: left === 0 ? null : { passages: left, because } };
    terminal.out(`${JSON.stringify(json, null, 2)}\n`);
  } else {
    printSum(all, terminal);
    if (left > 0)
      terminal.out(`${left} more ${left === 1 ? 'passage was' : 'passages were'} not asked about: ${because}\n`);
  }
  if (interrupt.signal.aborted) return exitCode.interrupted;
  return left > 0 || all.some(({ conversation }) => conversation.end.kind === 'failed') ? exitCode.failed : exitCode.ok;
}

async function ask(
  model: Model,
  analysis: Analysis,
  passage: NotRead,
  options: ProposeOptions,
  signal: AbortSignal,
): Promise<{ readonly conversation: Conversation<PassageAnswer>; readonly proposal: Proposal | null }> {
  const conversation = await askAboutPassage(model, analysis, passage, options, signal);
  const { end } = conversation;
  return {
    conversation,
    proposal: end.kind === 'answer' ? proposalOf(analysis, options.about, passage, end.value) : null,
  };
}

/** Only a proposal that has a line, and of which the model is as sure as the settings ask. */
function isSure(proposal: Proposal | null, least: number): boolean {
  return (
    proposal !== null &&
    proposal.line !== null &&
    proposal.answer.kind !== 'unsure' &&
    proposal.answer.confidence >= least
  );
}

function printAsked({ passage, line, conversation, proposal, before, written }: Asked, terminal: Terminal): void {
  const words = passage.text.length > 160 ? `${passage.text.slice(0, 159)}…` : passage.text;
  terminal.out(`${terminal.styled('bold', `line ${line}`)}: ${printableLine(words)}\n`);
  if (!proposal) {
    const { end } = conversation;
    const why =
      end.kind === 'unusable' ? `no answer could be used: ${end.problem}` : 'message' in end ? end.message : '';
    terminal.out(`  ${terminal.styled('yellow', 'no proposal')}: ${printableLine(why)}\n\n`);
    return;
  }
  const { answer } = proposal;
  const sure = answer.kind === 'unsure' ? '' : `, confidence ${answer.confidence}`;
  const kind = { ways: 'ways', advice: 'says nothing about where to go', unsure: 'not sure' }[answer.kind];
  terminal.out(`  ${kind}${sure}: ${printableLine(answer.reason)}\n`);
  for (const section of describeDiff(diffPlans(before.plan, proposal.plan), before.plan, proposal.plan))
    for (const { sign, text, change } of section.lines)
      if ('step' in change)
        terminal.out(
          `  ${terminal.styled(sign === '-' ? 'red' : 'green', `${sign} ${printableLine(section.title)}: ${printableLine(text)}`)}\n`,
        );
  if (proposal.line) {
    const verb = written ? 'written' : 'to write';
    for (const text of proposal.line.text.split('\n')) terminal.out(`  ${verb}: ${printableLine(text)}\n`);
  } else if (answer.kind === 'ways') terminal.out('  no line says it in this guide: rewrite the passage yourself\n');
  terminal.out('\n');
}

function printSum(all: readonly Asked[], terminal: Terminal): void {
  if (all.length === 0) {
    terminal.out('Nothing to ask: every passage was read, or is silenced.\n');
    return;
  }
  const sum = (count: (asked: Asked) => number): number => all.reduce((total, asked) => total + count(asked), 0);
  const input = sum(({ conversation }) => conversation.tokens.input);
  const output = sum(({ conversation }) => conversation.tokens.output);
  const estimated = all.some(({ conversation }) => conversation.tokens.estimated);
  const costs = all.flatMap(({ conversation }) => conversation.cost ?? []);
  const cost: Cost | undefined = costs[0] && {
    amount: costs.reduce((total, { amount }) => total + amount, 0),
    currency: costs[0].currency,
  };
  const calls = sum(({ conversation }) => conversation.calls);
  const written = all.filter((asked) => asked.written).length;
  terminal.out(
    `${all.length} ${all.length === 1 ? 'passage' : 'passages'} asked about, ${written} written; ` +
      `${calls} ${calls === 1 ? 'call' : 'calls'}, ${useWords({ input, output, ...(estimated && { estimated }) }, cost ? [cost] : [])}\n`,
  );
}

function toJson(file: string, model: Model, all: readonly Asked[]) {
  return {
    file: shownPath(file),
    model: model.name,
    proposals: all.map(({ passage, line, conversation, proposal, written }) => ({
      line,
      step: passage.node ?? null,
      passage: passage.text,
      reason: passage.reason,
      end: conversation.end.kind,
      problem:
        conversation.end.kind === 'unusable'
          ? conversation.end.problem
          : 'message' in conversation.end
            ? conversation.end.message
            : null,
      answer: proposal?.answer ?? null,
      text: proposal?.line?.text ?? null,
      written,
      calls: conversation.calls,
      tokens: conversation.tokens,
      cost: conversation.cost ?? null,
    })),
  };
}

// Makes the report of a run out of its journal: nothing in it comes from anywhere else.
import { durationWords } from '../base/index.ts';
import { layoutPlan, pictureRun, renderSvg } from '../diagram/index.ts';
import { findNode, ownPlan, reachableFrom, type Action } from '../plan/index.ts';
import { isAffectedNote, type Replay, type RunView, type StepView } from '../run/index.ts';
import { visibleText } from './harmless-text.ts';
import { journalEvidence, type JournalEvidence, type Line } from './journal-evidence.ts';
import { deedsOf } from './deeds.ts';
import { earlierOutputs, type EarlierOutputs } from './earlier-outputs.ts';
import { findingsOf } from './findings.ts';
import { followUpsOf } from './follow-ups.ts';
import { parametersOf } from './parameters.ts';
import type { Output, Part, Report, Sentence } from './report.ts';
import { hasOutput } from './rests-on.ts';
import { headOf, say, type About } from './say.ts';
import { timelineOf } from './timeline.ts';
import { pictured, wholeView } from './whole-view.ts';
import { countWords } from './words.ts';

/** The report of a replayed run. `lines` are its journal's; `journal` is how the file is named to readers. */
export async function makeReport(replay: Replay, lines: readonly Line[], journal: string): Promise<Report> {
  const { plan } = replay;
  const view = wholeView(replay, lines);
  const evidence = journalEvidence(lines);
  const about: About = { plan, view, evidence };
  const { title, sha256 } = plan.guide;
  // The name alone: where it lay is nobody's business.
  const file = plan.guide.file.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const earlier = earlierOutputs({ plan, view }, lines);
  const drawing = await layoutPlan(ownPlan(plan), {});
  const picture = (theme: 'light' | 'page'): string =>
    visibleText(renderSvg(drawing, { run: pictureRun(pictured(view, lines), plan), theme }));
  return {
    title,
    run: replay.run,
    outcome: view.outcome ?? 'waiting',
    guide: { file, sha256 },
    journal,
    summary: summaryOf(about, replay.torn),
    parameters: parametersOf(lines, plan),
    path: pathOf(about),
    findings: findingsOf(about),
    deeds: deedsOf(about, replay.approvals()),
    notChecked: [...notCheckedOf(about), ...leftOutOf(earlier)],
    followUps: followUpsOf(about),
    timeline: timelineOf(plan, lines, earlier.nameOf),
    outputs: outputsOf(about).flatMap((output) => [...earlier.of(output.action), output]),
    picture: picture('light'),
    pagePicture: picture('page'),
  };
}

function summaryOf(about: About, torn: boolean): readonly Sentence[] {
  const { view, evidence } = about;
  const started = evidence.of('run-started');
  // A step that a loop has set back, or that was cancelled, has run all the same.
  const ran = new Set(stepsBegun(about).map(({ body }) => String(body['node'])));
  const failed = view.steps.filter(({ status }) => status === 'failed');
  const performed = view.steps.flatMap(({ actions }) => actions).filter(({ attempts }) => attempts > 0);
  const writes = performed.filter(({ effect }) => effect !== 'read');
  const times = evidence.lines.filter(({ body }) => body.kind === 'action-started');
  const by = evidence.lines[0]?.body['by'];
  const from = begunAt(evidence);
  const last = evidence.lines.at(-1);
  const took = durationWords((view.endedAt ?? last?.time ?? 0) - (view.startedAt ?? 0));
  const ended = view.phase === 'ended';
  const sentences = [
    ended
      ? say(evidence.of('run-ended'), 'The run ended ', { code: view.outcome ?? '' }, ': ', { said: view.reason ?? '' })
      : say({ lines: last ? [last.seq] : [] }, 'The run has not ended: ', { said: view.reason ?? 'it was cut off.' }),
    say(
      { lines: ended || !last ? [...started.lines, ...evidence.of('run-ended').lines] : [...started.lines, last.seq] },
      ...(by === undefined ? ['It was started '] : ['It was started by ', { said: String(by) }, ' ']),
      `at ${isoTime(view.startedAt)} and ${ended ? `took ${took}` : `has run for ${took} so far`}.`,
    ),
    ...(from === undefined ? [] : [say(started, 'It was begun at ', { code: from }, '.')]),
    ...environmentsOf(evidence),
    ...modelsOf(view, evidence),
    say(
      evidence.all('step-started', 'step-succeeded', 'step-failed', 'action-started'),
      `${countWords(ran.size, 'step')} of ${view.steps.length} ran, ${failed.length === 0 ? 'none' : failed.length} failed; ` +
        `${countWords(performed.length, 'action')} ${performed.length === 1 ? 'was' : 'were'} performed, ${writes.length === 0 ? 'none' : writes.length} of them a write or possibly one.${timesWords(times, performed.length)}`,
    ),
    ...onlyWordsOf(about),
  ];
  const resumed = evidence.lines.filter(({ body }) => body.kind === 'run-resumed').map(({ seq }) => seq);
  if (resumed.length > 0)
    sentences.push(say({ lines: resumed }, `It was taken up again ${countWords(resumed.length, 'time')}.`));
  if (torn)
    sentences.push(
      say({ lines: last ? [last.seq] : [] }, 'The journal was cut off within a line; that line is left out.'),
    );
  return sentences;
}

/** How often they were performed, where that is more than once each: in the rounds of loops, and again after a failure. */
function timesWords(times: readonly Line[], actions: number): string {
  if (times.length <= actions) return '';
  const writes = times.filter(({ body }) => body['effect'] !== 'read').length;
  return ` With loops and retries they were performed ${countWords(times.length, 'time')}, ${writes === 0 ? 'none' : writes} of these a write or possibly one.`;
}

/** The step at which the run was told to begin; undefined for one that began at the start. */
function begunAt({ lines }: JournalEvidence): string | undefined {
  const { from } = (lines[0]?.body['settings'] ?? {}) as { readonly from?: string };
  return from === 'start' ? undefined : from;
}

/** The environment it was started in, and each that it was taken up in where that changed. */
function environmentsOf({ lines }: JournalEvidence): readonly Sentence[] {
  return lines.flatMap(({ seq, body }) => {
    const started =
      body.kind === 'run-started' ? (body['settings'] as { environment?: unknown }).environment : undefined;
    const name = started ?? (body.kind === 'run-resumed' ? body['environment'] : undefined);
    if (typeof name !== 'string') return [];
    const how = started === undefined ? 'From here on it ran in the environment ' : 'It ran in the environment ';
    return [say({ lines: [seq] }, how, { said: name }, '.')];
  });
}

/** What models were asked, and how often one decided. */
function modelsOf({ modelCalls, modelUse }: RunView, { lines }: JournalEvidence): readonly Sentence[] {
  const answers = lines.filter(({ body }) => body.kind === 'model-judged' || body.kind === 'model-worked');
  if (answers.length === 0 || !modelUse) return [];
  const decided = answers.filter(({ body }) => (body['verdict'] as { kind?: string } | undefined)?.kind === 'edges');
  const names = [...new Set(answers.map(({ body }) => String(body['model'])))];
  const tokens = `${modelUse.input} tokens sent and ${modelUse.output} answered`;
  return [
    say(
      { lines: answers.map(({ seq }) => seq) },
      names.length === 1 ? 'The model ' : 'The models ',
      ...names.flatMap((name): Part[] => [', ', { code: name }]).slice(1),
      ` took ${countWords(modelCalls, 'call')} (${tokens}${modelUse.estimated ? ', in part an estimate' : ''}) and made ${countWords(decided.length, 'decision')}.`,
    ),
  ];
}

/** The steps in the order in which they began, round by round: the picture in words. */
function pathOf(about: About): readonly Sentence[] {
  const steps = stepsBegun(about);
  if (steps.length === 0) return [];
  const words = steps.flatMap(({ body }): Part[] => [', ', { code: String(body['node']) }]).slice(1);
  return [say({ lines: steps.map(({ seq }) => seq) }, 'Steps in the order in which they began: ', ...words, '.')];
}

/** The lines in which steps began; of one that has nothing to run, those in which it succeeded. */
function stepsBegun({ plan, evidence: { lines } }: About): readonly Line[] {
  const begun = new Set<string>();
  return lines.filter(({ body }) => {
    const node = String(body['node']);
    if (findNode(plan, node)?.kind !== 'step') return false;
    if (body.kind === 'step-started') begun.add(node);
    // A step that has nothing to run succeeds without having begun.
    return body.kind === 'step-started' || (body.kind === 'step-succeeded' && !begun.has(node));
  });
}

function outputsOf({ plan, view, evidence }: About): readonly Output[] {
  const planned = (step: string, action: string): Action | undefined =>
    findNode(plan, step)?.actions.find(({ id }) => id === action);
  return view.steps.flatMap((step) =>
    step.actions.filter(hasOutput).map((action) => ({
      action: action.id,
      step: step.node,
      tool: action.tool ?? (planned(step.node, action.id)?.guide ? 'another guide' : 'by hand'),
      effect: action.effect,
      text: action.text,
      language: planned(step.node, action.id)?.language ?? '',
      result: action.result ?? action.failure?.partial,
      failure: action.failure && `${action.failure.reason}: ${action.failure.message}`,
      evidence: {
        ...evidence.action(action.id, 'action-prepared', 'action-started', 'action-ended', 'guide-left'),
        step: step.node,
      },
    })),
  );
}

/** What steps say in words, which no run can do. */
function onlyWordsOf({ view, evidence }: About): readonly Sentence[] {
  const said = view.steps.filter(({ onlyWords }) => onlyWords);
  if (said.length === 0) return [];
  const lines = said.flatMap(({ node }) => evidence.step(node, 'step-succeeded').lines);
  const words =
    said.length === 1
      ? 'One of these steps only says what to do: nothing was run for it.'
      : `${said.length} of these steps only say what to do: nothing was run for them.`;
  return [say({ lines }, words)];
}

function notCheckedOf({ plan, view, evidence }: About): readonly Sentence[] {
  const sentences: Sentence[] = [];
  const from = begunAt(evidence);
  const reached = reachableFrom(plan, from ?? 'start');
  const noPath: readonly Part[] = ['was not run: no path led to it.'];
  const notFrom: readonly Part[] = ['was not run: the run was begun at ', { code: from ?? 'start' }, '.'];
  for (const step of view.steps) {
    const head = headOf(plan, step.node);
    if (step.status === 'skipped') {
      const about = evidence.step(step.node, 'step-skipped');
      const jump = jumpOver(evidence.lines, about.lines[0]);
      if (jump) sentences.push(say({ ...about, lines: [jump.seq, ...about.lines] }, ...head, ...jumpWords(jump)));
      else sentences.push(say(about, ...head, ...(reached.has(step.node) ? noPath : notFrom)));
    }
    if (step.onlyWords)
      sentences.push(
        say(
          evidence.step(step.node, 'step-succeeded'),
          ...head,
          'only says what to do: nothing was run, and nobody said whether it was done.',
        ),
      );
    if (step.status === 'cancelled') sentences.push(cancelledWords(evidence, step, head));
    if (step.status === 'waiting')
      sentences.push(say(evidence.step(step.node, 'step-started', 'question-asked'), ...head, 'waits for an answer.'));
    // What has not begun is in no line: that it is in none up to the last one is the evidence.
    if (step.status === 'pending')
      sentences.push(
        say(
          { lines: [evidence.lines.length] },
          ...head,
          view.phase === 'ended' ? 'was not begun: the run ended before.' : 'has not been begun.',
        ),
      );
    for (const action of step.actions) {
      if (step.status === 'failed' && action.status === 'skipped')
        sentences.push(
          say(
            evidence.step(step.node, 'step-failed'),
            { code: action.id },
            ' was not performed: ',
            { code: step.node },
            ' had failed before it.',
          ),
        );
      if (action.status === 'unknown')
        sentences.push(
          say(evidence.action(action.id, 'action-started'), { code: action.id }, ': nobody knows whether it happened.'),
        );
      // Of a called guide its note says how it came to its end, which leaves nothing unchecked.
      const given = action.result?.outcome === undefined ? (action.result ?? action.failure?.partial) : undefined;
      for (const note of given?.notes ?? []) {
        if (isAffectedNote(note)) continue;
        sentences.push(
          say(
            { ...evidence.action(action.id, 'action-ended', 'action-settled', 'guide-left'), step: step.node },
            { code: action.id },
            ': ',
            { said: note },
          ),
        );
      }
    }
  }
  for (const { text, source } of plan.notRead)
    sentences.push(
      say(
        evidence.of('run-started'),
        `Line ${source.startLine} of the guide could not be read as control flow: “`,
        { said: text },
        '”.',
      ),
    );
  return sentences;
}

/** Outputs of long loops that the report leaves to the journal. */
function leftOutOf({ leftOut }: EarlierOutputs): readonly Sentence[] {
  return [...leftOut].map(([action, lines]) =>
    say(
      { lines },
      `The outputs of ${countWords(lines.length, 'time')} that `,
      { code: action },
      ' was performed are not shown here; the journal has them.',
    ),
  );
}

/** The line in which a person had the run go on elsewhere, where a step was skipped for that. */
function jumpOver(lines: readonly Line[], skipped: number | undefined): Line | undefined {
  const before = lines
    .slice(0, (skipped ?? 1) - 1)
    .findLast(({ body }) => !/^(step-skipped|edge-decided)$/.test(body.kind));
  return before?.body.kind === 'next-step-set' ? before : undefined;
}

function jumpWords({ body }: Line): readonly Part[] {
  return [
    'was not run: ',
    { said: String(body['by']) },
    ' had the run go on with ',
    { code: String(body['node']) },
    '.',
  ];
}

/** A step that was cancelled, and whether it had found something by then. */
function cancelledWords(evidence: JournalEvidence, step: StepView, head: readonly Part[]): Sentence {
  const found = step.actions.find(({ status, failure }) => status === 'cancelled' && failure?.partial !== undefined);
  const about = evidence.step(step.node, 'step-cancelled');
  if (!found) return say(about, ...head, 'was cancelled: the run ended first.');
  return say(
    { ...about, actions: [found.id] },
    ...head,
    'was cancelled: the run ended first. What it had given by then was kept; more may have followed.',
  );
}

function isoTime(time: number | undefined): string {
  return time === undefined ? 'an unknown time' : new Date(time).toISOString().replace('T', ' ').replace('.000', '');
}

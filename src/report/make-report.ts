// Makes the report of a run out of its journal: nothing in it comes from anywhere else.
import { durationWords } from '../base/index.ts';
import { layoutPlan, pictureRun, renderSvg } from '../diagram/index.ts';
import { findEdge, findNode, ownPlan, type Plan } from '../plan/index.ts';
import type { ActionView, Replay, RunView, StepView } from '../run/index.ts';
import { describeRequest } from '../run/index.ts';
import { visibleText } from './harmless-text.ts';
import { journalEvidence, type JournalEvidence, type Line } from './journal-evidence.ts';
import type { Deed, Output, Part, Report, Sentence } from './report.ts';
import { timelineOf } from './timeline.ts';
import { countWords, resultWords } from './words.ts';

/** The report of a replayed run. `lines` are its journal's; `journal` is how the file is named to readers. */
export async function makeReport(replay: Replay, lines: readonly Line[], journal: string): Promise<Report> {
  const { plan, view } = replay;
  const evidence = journalEvidence(lines);
  const about: About = { plan, view, evidence };
  const { title, sha256 } = plan.guide;
  // The name alone: where it lay is nobody's business.
  const file = plan.guide.file.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const drawing = await layoutPlan(ownPlan(plan), {});
  const picture = (theme: 'light' | 'page'): string =>
    visibleText(renderSvg(drawing, { run: pictureRun(view), theme }));
  return {
    title,
    run: replay.run,
    outcome: view.outcome ?? 'waiting',
    guide: { file, sha256 },
    journal,
    summary: summaryOf(about, replay.torn),
    parameters: parametersOf(lines, plan),
    findings: findingsOf(about),
    deeds: deedsOf(about),
    notChecked: notCheckedOf(about),
    followUps: followUpsOf(about),
    timeline: timelineOf(plan, lines),
    outputs: outputsOf(about),
    picture: picture('light'),
    pagePicture: picture('page'),
  };
}

interface About {
  readonly plan: Plan;
  readonly view: RunView;
  readonly evidence: JournalEvidence;
}

const say = (evidence: Sentence['evidence'], ...parts: readonly Part[]): Sentence => ({ parts, evidence });

function summaryOf({ view, evidence }: About, torn: boolean): readonly Sentence[] {
  const started = evidence.of('run-started');
  const ran = view.steps.filter(({ status }) => status === 'succeeded' || status === 'failed');
  const failed = ran.filter(({ status }) => status === 'failed');
  const performed = view.steps.flatMap(({ actions }) => actions).filter(({ attempts }) => attempts > 0);
  const writes = performed.filter(({ effect }) => effect !== 'read');
  const by = evidence.lines[0]?.body['by'];
  const last = evidence.lines.at(-1);
  const took = durationWords((view.endedAt ?? last?.time ?? 0) - (view.startedAt ?? 0));
  const sentences = [
    view.phase === 'ended'
      ? say(evidence.of('run-ended'), 'The run ended ', { code: view.outcome ?? '' }, ': ', { said: view.reason ?? '' })
      : say({ lines: last ? [last.seq] : [] }, 'The run has not ended: ', { said: view.reason ?? 'it was cut off.' }),
    say(
      { lines: [...started.lines, ...evidence.of('run-ended').lines] },
      ...(by === undefined ? ['It was started '] : ['It was started by ', { said: String(by) }, ' ']),
      `at ${isoTime(view.startedAt)} and took ${took}.`,
    ),
    ...environmentsOf(evidence),
    say(
      evidence.all('step-started', 'step-succeeded', 'step-failed', 'action-started'),
      `${countWords(ran.length, 'step')} of ${view.steps.length} ran, ${failed.length === 0 ? 'none' : failed.length} failed; ` +
        `${countWords(performed.length, 'action')} ${performed.length === 1 ? 'was' : 'were'} performed, ${writes.length === 0 ? 'none' : writes.length} of them a write or possibly one.`,
    ),
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

function parametersOf(lines: readonly Line[], plan: Plan): Report['parameters'] {
  const values = new Map<string, string>();
  for (const { name, default: preset, secret } of plan.guide.parameters) {
    if (secret) values.set(name, '***');
    else if (preset !== undefined) values.set(name, String(preset));
  }
  for (const { body } of lines) {
    if (body.kind === 'run-started' || body.kind === 'run-resumed')
      for (const [name, value] of Object.entries(body['parameters'] as object)) values.set(name, String(value));
    if (body.kind === 'parameter-given' && body['value'] !== undefined)
      values.set(String(body['name']), String(body['value']));
  }
  return [...values].map(([name, value]) => ({ name, value }));
}

/** Each condition that decided the way, and each step that failed, with the output that shows it. */
function findingsOf({ plan, view, evidence }: About): readonly Sentence[] {
  return view.steps.flatMap((step): Sentence[] => {
    const title = findNode(plan, step.node)?.title ?? '';
    const head: readonly Part[] = [{ code: step.node }, ' (', { said: title }, ') '];
    const shown = step.actions.filter(({ result }) => result).at(-1);
    if (step.status === 'failed') {
      const failed = step.actions.find(({ failure }) => failure);
      const found = { ...evidence.step(step.node, 'step-failed'), ...(failed && { action: failed.id }) };
      return [say(found, ...head, 'failed: ', { said: failed?.failure?.message ?? '' })];
    }
    if (step.status !== 'succeeded') return [];
    const looked = foundByModel(step, head, evidence);
    const decided = view.edges.filter(
      ({ edge, status }) => status === 'enabled' && findEdge(plan, edge)?.from === step.node,
    );
    const sentences = decided.flatMap(({ edge: id, decidedBy, because }): Sentence[] => {
      const edge = findEdge(plan, id);
      if (!edge || decidedBy === 'none' || decidedBy === undefined) return [];
      const found = { ...evidence.edge(id), step: step.node, ...(shown && { action: shown.id }) };
      const to: readonly Part[] = edge.to === 'end' ? ['the end'] : [{ code: edge.to }];
      const why: readonly Part[] = because === undefined ? [] : [' — ', { said: because }];
      const words: readonly Part[] = edge.condition === null ? [] : [': “', { said: edge.condition }, '”'];
      const whose =
        decidedBy === 'engineer' ? 'the engineer chose ' : decidedBy === 'model' ? 'a model chose ' : 'led to ';
      return [say(found, ...head, whose, ...to, ...words, ...why, '.')];
    });
    if (sentences.length > 0 || looked.length > 0 || !shown?.result) return [...looked, ...sentences];
    return [
      say(
        { ...evidence.action(shown.id, 'action-ended', 'guide-left'), step: step.node },
        ...head,
        `gave ${resultWords(shown.result)}.`,
      ),
    ];
  });
}

/** What a model found that worked the step, with the line that says so. */
function foundByModel(step: StepView, head: readonly Part[], evidence: JournalEvidence): readonly Sentence[] {
  if (!step.finding) return [];
  const { model, text, quotes } = step.finding;
  const lines = evidence.lines.filter(
    ({ body }) => body.kind === 'model-worked' && body['node'] === step.node && 'text' in (body['step'] as object),
  );
  const said = quotes.flatMap((quote): Part[] => [', “', { said: quote }, '”']).slice(1);
  const found = { lines: lines.slice(-1).map(({ seq }) => seq), step: step.node };
  return [
    say(
      found,
      ...head,
      'was worked by the model ',
      { code: model },
      ', which found: ',
      { said: text },
      ' It rests on “',
      ...said,
      '.',
    ),
  ];
}

function outputsOf({ plan, view, evidence }: About): readonly Output[] {
  return view.steps.flatMap((step) =>
    step.actions
      .filter(({ attempts, result, failure }) => attempts > 0 || result || failure)
      .map((action) => ({
        action: action.id,
        step: step.node,
        tool: action.tool,
        effect: action.effect,
        text: action.text,
        language: findNode(plan, step.node)?.actions.find(({ id }) => id === action.id)?.language ?? '',
        result: action.result ?? action.failure?.partial,
        failure: action.failure && `${action.failure.reason}: ${action.failure.message}`,
        evidence: {
          ...evidence.action(action.id, 'action-prepared', 'action-started', 'action-ended', 'guide-left'),
          step: step.node,
        },
      })),
  );
}

/** Everything that wrote or may have written, or was asked to. */
function deedsOf({ view, evidence }: About): readonly Deed[] {
  return view.steps
    .flatMap(({ actions }) => actions)
    .filter((action) => action.effect !== 'read' && action.text !== undefined)
    .map((action) => ({
      action: action.id,
      tool: action.tool ?? 'by hand',
      effect: action.effect,
      text: action.text ?? '',
      status: action.status,
      approvals: evidence.lines.flatMap(({ seq, time, body }) => {
        const yes = body.kind === 'approval-given';
        if ((!yes && body.kind !== 'approval-refused') || body['action'] !== action.id) return [];
        return [{ by: String(body['by']), time, line: seq, yes }];
      }),
      evidence: evidence.action(action.id, 'action-prepared', 'action-started', 'action-ended'),
    }));
}

function notCheckedOf({ plan, view, evidence }: About): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const step of view.steps) {
    const title = findNode(plan, step.node)?.title ?? '';
    const head: readonly Part[] = [{ code: step.node }, ' (', { said: title }, ') '];
    if (step.status === 'skipped')
      sentences.push(say(evidence.step(step.node, 'step-skipped'), ...head, 'was not run: no path led to it.'));
    if (step.status === 'cancelled')
      sentences.push(say(evidence.step(step.node, 'step-cancelled'), ...head, 'was cancelled: the run ended first.'));
    if (step.status === 'waiting')
      sentences.push(say(evidence.step(step.node, 'step-started', 'question-asked'), ...head, 'waits for an answer.'));
    // What has not begun is in no line: that it is in none up to the last one is the evidence.
    if (step.status === 'pending')
      sentences.push(say({ lines: [evidence.lines.length] }, ...head, 'has not been begun.'));
    for (const action of step.actions) {
      if (action.status === 'unknown')
        sentences.push(
          say(evidence.action(action.id, 'action-started'), { code: action.id }, ': nobody knows whether it happened.'),
        );
      for (const note of action.result?.notes ?? [])
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

function followUpsOf({ plan, view, evidence }: About): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const request of view.requests)
    sentences.push(say(evidence.step(request.node, 'question-asked'), { said: describeRequest(request) }));
  for (const step of view.steps) {
    const node = findNode(plan, step.node);
    const written = step.actions.filter((action) => action.effect !== 'read' && action.attempts > 0);
    const [first] = written;
    if (node?.undo !== undefined && first)
      sentences.push(
        say(evidence.action(first.id, 'action-started'), { code: step.node }, ' can be undone: ', { said: node.undo }),
      );
    if (node?.verify !== undefined && step.status === 'succeeded')
      sentences.push(
        say(evidence.step(step.node, 'step-succeeded'), 'Verify ', { code: step.node }, ': ', { said: node.verify }),
      );
    const failed = step.actions.find(mattersAfterwards);
    if (failed?.failure)
      sentences.push(
        say(
          { ...evidence.step(step.node, 'step-failed'), action: failed.id },
          'Find out why ',
          { code: failed.id },
          ' failed; the guide may need a correction there.',
        ),
      );
  }
  if (view.outcome === 'no-branch-fits')
    sentences.push(say(evidence.of('run-ended'), 'The guide has no branch for what was found; it needs one.'));
  return sentences;
}

function mattersAfterwards({ status, failure, byModel }: ActionView): boolean {
  const refused = failure?.reason === 'not-approved' || failure?.reason === 'denied';
  return status === 'failed' && !refused && !byModel;
}

function isoTime(time: number | undefined): string {
  return time === undefined ? 'an unknown time' : new Date(time).toISOString().replace('T', ' ').replace('.000', '');
}

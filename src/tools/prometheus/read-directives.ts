// Reads the comments of a PromQL block that tell the tool over which time to ask, or what to list instead of a query:
// `# range: 1h`, `# step: 30s`, `# from: …`, `# to: …`, `# at: …`, `# show: alerts`. To Prometheus they are comments.
import { allMatches } from '../../base/index.ts';
import type { ActionFailure } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

/** What is asked; times are seconds since the Unix epoch, null for the server's own now. */
export type Question =
  | { readonly kind: 'instant'; readonly at: number | null }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'alerts' | 'rules' | 'labels' | 'series' | 'targets' }
  | { readonly kind: 'values'; readonly label: string };

const pattern = /^[ \t]*#[ \t]*(range|step|from|to|at|show)[ \t]*:[ \t]*(.*?)[ \t]*$/gm;

/** The question that a block asks. `now` is in seconds. */
export function readDirectives(code: string, holes: readonly Hole[], now: number): Question | ActionFailure {
  const told = new Map<string, { readonly text: string; readonly start: number; readonly end: number }>();
  for (const match of allMatches(code, pattern)) {
    const [whole, name = '', written = ''] = match;
    const start = match.index + whole.lastIndexOf(written);
    const end = start + written.length;
    let text = '';
    let from = start;
    for (const hole of holes.filter((one) => one.start >= start && one.end <= end)) {
      text += code.slice(from, hole.start) + String(hole.binding.value);
      from = hole.end;
    }
    text += code.slice(from, end);
    told.set(name, { text: text.trim(), start, end });
  }
  const wrong = (name: string, expected: string): ActionFailure => {
    const { text, start, end } = told.get(name) ?? { text: '', start: 0, end: 0 };
    const filled = holes.some((hole) => hole.start >= start && hole.end <= end);
    return failure(
      filled ? 'invalid-parameter' : 'refused-by-tool',
      `\`# ${name}: ${text}\` cannot be read; expected ${expected}.`,
      { at: { start, end } },
    );
  };
  const show = told.get('show')?.text;
  if (show !== undefined) {
    if (/^(?:alerts|rules|labels|series|targets)$/.test(show))
      return { kind: show as 'alerts' | 'rules' | 'labels' | 'series' | 'targets' };
    const label = /^values\s+([A-Za-z_][A-Za-z0-9_]*)$/.exec(show)?.[1];
    return label !== undefined
      ? { kind: 'values', label }
      : wrong('show', '`alerts`, `rules`, `labels`, `series`, `targets` or `values LABEL`');
  }
  const times = new Map<string, number>();
  for (const name of ['from', 'to', 'at']) {
    const text = told.get(name)?.text;
    if (text === undefined) continue;
    const time = timeOf(text, now);
    if (time === null) return wrong(name, 'a time such as `2024-05-01T10:00:00Z`, `now` or `now-1h`');
    times.set(name, time);
  }
  const lengths = new Map<string, number>();
  for (const name of ['range', 'step']) {
    const text = told.get(name)?.text;
    if (text === undefined) continue;
    const length = secondsOf(text);
    if (length === null || length <= 0) return wrong(name, 'a duration such as `30s`, `5m` or `1h`');
    lengths.set(name, length);
  }
  const range = lengths.get('range');
  if (range === undefined && !times.has('from'))
    return { kind: 'instant', at: times.get('at') ?? times.get('to') ?? null };
  const to = times.get('to') ?? times.get('at') ?? now;
  const from = times.get('from') ?? to - (range ?? 0);
  if (from >= to) return wrong(times.has('from') ? 'from' : 'range', 'a time before the end');
  // About a hundred points, as a chart has.
  const step = lengths.get('step') ?? Math.max(1, Math.ceil((to - from) / 100));
  return { kind: 'range', from, to, step };
}

const units: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** `1h30m` in seconds. */
function secondsOf(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+$/.test(text)) return null;
  let seconds = 0;
  for (const [, amount, unit] of allMatches(text, /(\d+(?:\.\d+)?)(ms|[smhdwy])/g))
    seconds += Number(amount) * (units[unit ?? ''] ?? 0);
  return seconds;
}

function timeOf(text: string, now: number): number | null {
  if (text === 'now') return now;
  const before = /^now\s*-\s*(\S+)$/.exec(text)?.[1];
  if (before !== undefined) {
    const seconds = secondsOf(before);
    return seconds === null ? null : now - seconds;
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) > 1e11 ? Number(text) / 1000 : Number(text);
  const time = Date.parse(text);
  return Number.isNaN(time) || !/^\d{4}-/.test(text) ? null : time / 1000;
}

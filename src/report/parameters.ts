// The values that a run had, each with where it came from: the guide, the start, a resumption, or somebody who was asked for it.
import type { Plan } from '../plan/index.ts';
import { readParameters, refusalOf, type ParameterValue } from '../run/index.ts';
import type { Line } from './journal-evidence.ts';
import type { Part, ReportParameter } from './report.ts';

/** Those with a default first; of several values of one name the last. A secret that nobody gave is not there. */
export function parametersOf(lines: readonly Line[], plan: Plan): readonly ReportParameter[] {
  const found = new Map<string, ReportParameter>();
  const set = (name: string, value: unknown, { seq }: Line, ...origin: readonly Part[]): void => {
    found.set(name, { name, value: String(value), origin, evidence: { lines: [seq] } });
  };
  const [first] = lines;
  for (const { name, default: preset, secret } of plan.guide.parameters)
    if (first && !secret && preset !== undefined) set(name, preset, first, 'the guide, by default');
  lines.forEach((line, at) => {
    const { body } = line;
    const who: readonly Part[] = body['by'] === undefined ? [] : [' by ', { said: String(body['by']) }];
    if (body.kind === 'run-started' || body.kind === 'run-resumed') {
      const when = body.kind === 'run-started' ? 'given at the start' : 'given at a resumption';
      for (const [name, value] of Object.entries(valuesIn(line, plan))) set(name, value, line, when, ...who);
      for (const name of body['secrets'] as readonly string[])
        set(name, '***', line, ...secretOrigin(name, when, who, plan));
    }
    if (body.kind === 'parameter-given' && refusalOf(lines, at) === undefined)
      set(String(body['name']), body['value'] ?? '***', line, 'given when asked for', ...who);
  });
  return [...found.values()];
}

/** The values in a line; at a resumption one that does not fit is not taken, and the one before stays. */
function valuesIn({ body }: Line, plan: Plan): Readonly<Record<string, ParameterValue>> {
  const given = body['parameters'] as Readonly<Record<string, ParameterValue>>;
  if (body.kind === 'run-started') return given;
  const wrong = new Set(readParameters(plan.guide.parameters, given).problems.map(({ name }) => name));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
}

/** The journal has no default of a secret, so that nobody can tell whether it was used. */
function secretOrigin(name: string, when: string, who: readonly Part[], plan: Plan): readonly Part[] {
  const isDeclared = plan.guide.parameters.some((one) => one.name === name && one.secret);
  const mayBePreset = isDeclared && when === 'given at the start';
  return [when, ...who, ...(mayBePreset ? [', or by the guide'] : [])];
}

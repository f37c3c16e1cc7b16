// Sorts what a host gives into secret values, which only the driver holds, and those that may be journalled.
import type { Plan } from '../plan/index.ts';
import { readParameter } from './parameters.ts';
import type { ParameterValue } from './ports.ts';
import type { Redact } from './redact.ts';
import { isSecret } from './state.ts';

export interface GivenValues {
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly secrets?: Readonly<Record<string, ParameterValue>>;
}

/**
 * Secret values by name; at the start of a run their defaults too. A value that does not fit counts as not given. A
 * parameter that nobody called secret is one all the same where its value holds a secret that `redact` knows.
 */
export function secretValues(
  plan: Plan,
  given: GivenValues,
  withDefaults: boolean,
  redact: Redact,
): Map<string, ParameterValue> {
  const all = { ...given.parameters, ...given.secrets };
  const values = new Map<string, ParameterValue>([
    ...Object.entries(given.parameters ?? {}).filter(([, value]) => redact(value) !== value),
    ...Object.entries(given.secrets ?? {}),
  ]);
  for (const parameter of plan.guide.parameters) {
    if (!parameter.secret && !values.has(parameter.name)) continue;
    const value = Object.hasOwn(all, parameter.name)
      ? all[parameter.name]
      : withDefaults
        ? parameter.default
        : undefined;
    const read = value === undefined ? undefined : readParameter({ ...parameter, secret: true }, value);
    if (read?.value !== undefined) values.set(parameter.name, read.value);
    else values.delete(parameter.name);
  }
  return values;
}

/** The values that are no secrets. */
export function plainValues(
  parameters: Readonly<Record<string, ParameterValue>> = {},
  secrets: ReadonlyMap<string, ParameterValue>,
  plan: Plan,
  redact: Redact,
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => !secrets.has(name) && !isSecret(plan, name) && redact(value) === value,
    ),
  );
}

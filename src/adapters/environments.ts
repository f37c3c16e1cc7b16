// The environments of a settings file: which one counts, and what it changes. Each is checked, also those that are not chosen,
// so that a mistake in `prod` is told before the day it is needed.
import type { Document } from 'yaml';
import { nearName } from '../base/index.ts';
import { toolKinds, type ToolSettings } from '../tools/index.ts';
import { describeIssue, keySpan, spanOf, type RawProblem } from './settings-issues.ts';

/** The chosen environment. */
export interface Environment {
  readonly name: string;
  readonly color?: 'red' | 'yellow' | 'green' | 'blue';
}

interface Written {
  readonly color?: Environment['color'] | undefined;
  readonly tools: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The tools with what an environment changes, each setting as a whole. */
export function toolsIn(
  tools: Readonly<Record<string, ToolSettings>>,
  { tools: changes }: Pick<Written, 'tools'>,
): Readonly<Record<string, ToolSettings>> {
  const changed = Object.entries(changes).map(([name, change]): [string, ToolSettings] => [
    name,
    { ...tools[name], ...change } as ToolSettings,
  ]);
  return { ...tools, ...Object.fromEntries(changed) };
}

/** What is wrong with the environments: a tool that no longer fits its kind, and a default that does not exist. */
export function environmentProblems(
  document: Document,
  text: string,
  tools: Readonly<Record<string, ToolSettings>>,
  environments: Readonly<Record<string, Written>>,
  chosen: string | undefined,
): readonly RawProblem[] {
  const problems: RawProblem[] = [];
  for (const [name, environment] of Object.entries(environments)) {
    const merged = toolsIn(tools, environment);
    for (const tool of Object.keys(environment.tools)) {
      const entry = merged[tool];
      const kind = toolKinds.find((known) => known.kind === entry?.kind);
      const path = ['environments', name, 'tools', tool];
      if (!kind)
        problems.push({
          ...spanOf(document, path),
          message: `\`${path.join('.')}\` is not one of the tools above and has no \`kind\` of its own.`,
        });
      const parsed = kind?.settings.safeParse(entry);
      for (const issue of parsed?.error?.issues ?? [])
        problems.push(...describeIssue({ ...issue, path: [...path, ...issue.path] }, document, text));
    }
  }
  const names = Object.keys(environments);
  if (chosen !== undefined && !names.includes(chosen)) {
    // One that was asked for from outside stands nowhere in the file.
    const isOwn = document.get('environment') === chosen;
    const place = spanOf(document, isOwn ? ['environment'] : ['environments']);
    problems.push(unknownEnvironment(place, chosen, names));
  }
  return problems;
}

/** What is wrong with rules for approvals: an environment or a tool that does not exist, or a denial with terms of a yes. */
export function ruleProblems(
  document: Document,
  rules: readonly {
    readonly tools?: readonly string[] | undefined;
    readonly environments?: readonly string[] | undefined;
    readonly people?: number | undefined;
    readonly expires?: number | undefined;
    readonly deny?: true | undefined;
  }[],
  names: readonly string[],
  known: readonly string[],
): readonly RawProblem[] {
  return rules.flatMap(({ tools, environments, people, expires, deny }, index) => {
    const unknown = [
      ...(environments ?? []).flatMap((name, at) =>
        names.includes(name)
          ? []
          : [unknownEnvironment(spanOf(document, ['approvals', index, 'environments', at]), name, names)],
      ),
      // A rule for a tool that nobody has would never be applied, and nobody would know.
      ...(tools ?? []).flatMap((name, at) =>
        known.includes(name)
          ? []
          : [unknownName(spanOf(document, ['approvals', index, 'tools', at]), 'a tool', name, known)],
      ),
    ];
    if (!deny || (people === undefined && expires === undefined)) return unknown;
    const key = people === undefined ? 'expires' : 'people';
    const message = `\`${key}\` says nothing beside \`deny\`: nobody can approve what a rule denies.`;
    return [...unknown, { ...keySpan(document, ['approvals', index, key]), message }];
  });
}

function unknownEnvironment(
  place: { readonly start: number; readonly end: number },
  name: string,
  names: readonly string[],
): RawProblem {
  return unknownName(place, 'an environment', name, names);
}

function unknownName(
  place: { readonly start: number; readonly end: number },
  what: string,
  name: string,
  names: readonly string[],
): RawProblem {
  const close = nearName(name, names);
  const known = names.map((one) => `\`${one}\``).join(', ');
  return {
    ...place,
    message: `\`${name}\` is not ${what} of this file${known === '' ? ', which has none' : `; expected ${known}`}.`,
    ...(close !== undefined && { hint: `did you mean \`${close}\`?` }),
  };
}

// The environments of a settings file: which one counts, and what it changes. Each is checked, also those that are not chosen,
// so that a mistake in `prod` is told before the day it is needed.
import type { Document } from 'yaml';
import { nearName } from '../base/index.ts';
import { toolKinds, type ToolSettings } from '../tools/index.ts';
import { describeIssue, spanOf, type RawProblem } from './settings-issues.ts';

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
    const close = nearName(chosen, names);
    const known = names.map((name) => `\`${name}\``).join(', ');
    problems.push({
      ...spanOf(document, document.has('environment') ? ['environment'] : ['environments']),
      message: `\`${chosen}\` is not an environment of this file${known === '' ? ', which has none' : `; expected ${known}`}.`,
      ...(close !== undefined && { hint: `did you mean \`${close}\`?` }),
    });
  }
  return problems;
}

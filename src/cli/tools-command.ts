// `tsg tools`: the configured tools of an environment, and whether each can be reached.
import { join } from 'node:path';
import { systemClock, type Environment } from '../adapters/index.ts';
import { checkTool } from '../tools/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTools } from './find-tools.ts';
import { shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import type { Style, Terminal } from './terminal.ts';

export interface ToolsFlags {
  readonly check: boolean;
  readonly config?: string;
  readonly env?: string;
  readonly json: boolean;
}

/** Exit 1 when a checked tool cannot be used. */
export async function toolsCommand(flags: ToolsFlags, terminal: Terminal): Promise<ExitCode> {
  const { toolbox, settings } = await findTools(flags.config, [join(process.cwd(), 'tsg.yaml')], flags.env);
  try {
    if (settings.file === null)
      throw usageError(
        'There is no tsg.yaml here or above.',
        'name one with `--config`, or write one; it begins with `tools: { host: { kind: shell } }`.',
      );
    const checked = await Promise.all(
      toolbox.tools.map(async (tool) => ({
        tool,
        ...(flags.check && { problem: (await checkTool(tool, systemClock)).problem }),
      })),
    );
    if (flags.json) {
      const tools = checked.map(({ tool: { name, kind, languages, ...tool }, problem }) => ({
        name,
        kind,
        languages,
        description: tool.describe(),
        ...(flags.check && { usable: problem === null, ...(problem && { problem: problem.message }) }),
      }));
      const object = { settings: shownPath(settings.file), environment: settings.environment?.name ?? null, tools };
      terminal.out(`${JSON.stringify(object, null, 2)}\n`);
    } else {
      const where = settings.environment ? ` · ${environmentLabel(settings.environment, terminal)}` : '';
      terminal.out(`${terminal.styled('bold', shownPath(settings.file))}${where}\n`);
      if (checked.length === 0) terminal.out('  no tools\n');
      for (const { tool, problem } of checked) {
        const mark =
          problem === undefined ? '·' : problem ? terminal.styled('red', '✗') : terminal.styled('green', '✓');
        terminal.out(`${mark} ${tool.name}: ${printableLine(tool.describe())}\n`);
        if (problem) terminal.out(`    ${printableLine(problem.message)}\n`);
      }
    }
    return checked.some(({ problem }) => problem) ? exitCode.guide : exitCode.ok;
  } finally {
    await toolbox.close();
  }
}

/** `environment: prod`, in its colour. */
export function environmentLabel({ name, color }: Environment, terminal: Terminal): string {
  const label = `environment: ${name}`;
  return color === undefined ? label : terminal.styled(color satisfies Style, label);
}

// The commands about plans: compile guides to them, read them from other forms, compare two of them. Their arguments and flags;
// what each does is in its own file, loaded when it is called.
import { type Command, Option } from 'commander';
import type { CompileFlags } from './compile-command.ts';
import type { DiffFlags } from './diff-command.ts';
import type { ExitCode } from './exit-code.ts';
import { jobsFlag, quietFlag } from './many-flags.ts';
import type { Terminal } from './terminal.ts';

/** Adds the commands to the program. */
export function addPlanCommands(program: Command, terminal: Terminal, ended: (code: ExitCode) => void): void {
  program
    .command('compile')
    .description('Compile guides to plans, or draw them.')
    .argument(
      '<path...>',
      'guides in markdown (.md), folders of them, or plans (.plandag.json, .sop.json, .mmd) to convert',
    )
    .option('-o, --output <path>', 'a file, or a folder that gets NAME.plandag.json for each NAME.md')
    .addOption(
      new Option('-f, --format <format>', 'what to write')
        .choices(['plandag', 'sop', 'mermaid', 'dot', 'svg', 'html'])
        .default('plandag'),
    )
    .option(...jobsFlag)
    .option(...quietFlag)
    .action(async (paths: string[], flags: CompileFlags) => {
      const { compileCommand } = await import('./compile-command.ts');
      ended(await compileCommand(paths, flags, terminal));
    });

  program
    .command('import')
    .description('Read flowcharts and procedures as plans, and tell what of them was read in a particular way.')
    .argument('<file...>', 'Mermaid flowcharts (.mmd), procedures (.sop.json) or plans (.plandag.json)')
    .option('-o, --output <path>', 'a file, or a folder that gets NAME.plandag.json for each NAME.mmd')
    .action(async (files: string[], flags: { output?: string }) => {
      const { importCommand } = await import('./import-command.ts');
      ended(await importCommand(files, flags, terminal));
    });

  program
    .command('diff')
    .description('Tell which steps, actions, edges, conditions and parameters differ between two guides or plans.')
    .argument('<old>', 'a guide (.md) or a plan (.plandag.json, .sop.json, .mmd)')
    .argument('<new>', 'the same, later')
    .addOption(
      new Option('--format <format>', 'how to print; svg draws both plans in one')
        .choices(['text', 'json', 'svg'])
        .default('text'),
    )
    .addHelpText('after', '\nExit codes: 0 nothing differs, 1 something does, 2 a file cannot be read as a plan.')
    .action(async (old: string, next: string, flags: DiffFlags) => {
      const { diffCommand } = await import('./diff-command.ts');
      ended(await diffCommand(old, next, flags, terminal));
    });
}

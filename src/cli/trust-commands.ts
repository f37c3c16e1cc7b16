// The commands that make runs trustworthy: prove a journal, answer a waiting run, test guides, report. Their arguments and
// flags; what each does is in its own file, loaded when it is called.
import { Option, type Command } from 'commander';
import type { ApproveFlags } from './approve-command.ts';
import type { BacktestFlags } from './backtest-command.ts';
import type { ExitCode } from './exit-code.ts';
import type { ReportFlags } from './report-command.ts';
import type { Terminal } from './terminal.ts';
import type { TestFlags } from './test-command.ts';

/** Adds the commands to the program. */
export function addTrustCommands(program: Command, terminal: Terminal, ended: (code: ExitCode) => void): void {
  program
    .command('verify')
    .description('Prove that a journal is as it was written; name the first line that is not.')
    .argument('<journal>', 'the journal of a run (.jsonl)')
    .option('--expect <hash>', 'the chain hash that an earlier verification printed: the journal must still hold it')
    .option('--json', 'print one JSON object instead', false)
    .action(async (journal: string, flags: { expect?: string; json: boolean }) => {
      const { verifyCommand } = await import('./verify-command.ts');
      ended(await verifyCommand(journal, flags, terminal));
    });

  program
    .command('test')
    .description('Run guides on the answers of their tests files (NAME.tests.yaml). Calls no tool.')
    .argument('[path...]', 'tests files, guides, or folders that are searched for them (default: here)')
    .option('--coverage', 'say which steps, edges and sides of conditions the tests go through', false)
    .option('--coverage-svg <folder>', 'draw what they go through, one picture a guide, into this folder')
    .option('--all-paths', 'make up answers for every path instead, and report what cannot be reached', false)
    .option('--watch', 'run them again whenever a guide, a tests file or tsg.yaml changes', false)
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--config <file>', 'the tools that put actions into words (default: the nearest tsg.yaml)')
    .option('--json', 'print one JSON object instead', false)
    .action(async (paths: string[], flags: TestFlags) => {
      const { testCommand } = await import('./test-command.ts');
      ended(await testCommand(paths, flags, terminal));
    });

  program
    .command('backtest')
    .description('Run an edited guide on what tools answered in past runs; say which would end otherwise.')
    .argument('<guide>', 'the guide as it is now')
    .argument('<runs...>', 'journals of its runs, or folders of them')
    .option('--config <file>', 'the tools that put actions into words (default: the nearest tsg.yaml)')
    .option('--json', 'print one JSON object instead', false)
    .action(async (guide: string, runs: string[], flags: BacktestFlags) => {
      const { backtestCommand } = await import('./backtest-command.ts');
      ended(await backtestCommand(guide, runs, flags, terminal));
    });

  program
    .command('report')
    .description('Write what a run found and did as a document; every sentence names its evidence.')
    .argument('<journal>', "the run's journal, or a part of its name in the nearest .tsg/runs")
    .addOption(new Option('-f, --format <format>', 'how to write it').choices(['md', 'html']))
    .option('-o, --output <file>', 'where to write it (default: print it); with markdown the picture goes beside it')
    .action(async (journal: string, flags: ReportFlags) => {
      const { reportCommand } = await import('./report-command.ts');
      ended(await reportCommand(journal, flags, terminal));
    });

  program
    .command('export')
    .description(
      'Write a run as one redacted archive (.tar.gz): journal, report, guide, the run as a test, a manifest.',
    )
    .argument('<journal>', "the run's journal, or a part of its name in the nearest .tsg/runs")
    .requiredOption('-o, --output <file>', 'the archive to write')
    .action(async (journal: string, flags: { output: string }) => {
      const { exportCommand } = await import('./export-command.ts');
      ended(await exportCommand(journal, flags, terminal));
    });

  program
    .command('record')
    .description('Write a run as a test of its guide: what its tools answered, what people decided, how it ended.')
    .argument('<journal>', "the run's journal, or a part of its name in the nearest .tsg/runs")
    .option('-o, --output <file>', 'the tests file to write, or to add the test to (default: print it)')
    .option('--name <sentence>', 'what is the case')
    .action(async (journal: string, flags: { output?: string; name?: string }) => {
      const { recordCommand } = await import('./record-command.ts');
      ended(await recordCommand(journal, flags, terminal));
    });

  program
    .command('approve')
    .description('Approve (or refuse) what a run waits for, without running it: `tsg resume` then goes on.')
    .argument('<run>', "the run's journal, or a part of its name in the nearest .tsg/runs")
    .argument('<step>', 'the step or the action that waits')
    .option('--refuse', 'say no: the action fails and the guide says what then', false)
    .option('--show', 'only print the exact text that would run', false)
    .option('--hash <hash>', 'approve only if the text still has this hash (its first digits are enough)')
    .option('--note <text>', 'why, for the journal and the report')
    .action(async (run: string, step: string, flags: ApproveFlags) => {
      const { approveCommand } = await import('./approve-command.ts');
      ended(await approveCommand(run, step, flags, terminal));
    });
}

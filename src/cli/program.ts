// The commands, their arguments and flags, and the help that describes them. What a command does is in its own file,
// loaded when it is called, so that `tsg --help` and a usage error are instant.
import { Command, Option } from 'commander';
import type { CheckFlags } from './check-command.ts';
import { jobsFlag, quietFlag } from './many-flags.ts';
import { addModelCommands } from './model-commands.ts';
import { addPlanCommands } from './plan-commands.ts';
import type { McpFlags } from './mcp/mcp-command.ts';
import { positiveInteger } from './positive-integer.ts';
import type { Terminal } from './terminal.ts';
import type { ToolsFlags } from './tools-command.ts';
import { addTrustCommands } from './trust-commands.ts';
import { readVersion } from './version.ts';

/** Builds the program. `ended` is told the exit code of the command that ran. */
export function buildProgram(terminal: Terminal, ended: (code: number) => void): Command {
  const program = new Command('tsg')
    .description('Troubleshooting guides in markdown: compile, check and run them.')
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showHelpAfterError('(`tsg --help` lists the commands, `tsg help COMMAND` its flags)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text);
      },
      writeErr: (text) => {
        terminal.err(text);
      },
    });

  addPlanCommands(program, terminal, ended);

  program
    .command('check')
    .description('Check guides and print what is wrong, with the line and a hint.')
    .argument('<path...>', 'guides, or folders whose .md files are checked')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json', 'sarif']).default('text'))
    .option('--fix', 'repair what is certain, and print what is left', false)
    .option('--baseline <file>', 'leave out the findings that this file knows (default: `check.baseline` of tsg.yaml)')
    .option('--write-baseline', 'write all that is found now into the baseline, and exit 0', false)
    .option('--today <date>', 'the date that counts as today, such as 2026-03-02, for guides verified long ago')
    .option('--config <file>', 'tools to check against (default: the nearest tsg.yaml)')
    .option('--explain', 'ask the configured tools whether they accept each query, without performing it', false)
    .option(...jobsFlag)
    .option(...quietFlag)
    .action(async (paths: string[], flags: CheckFlags) => {
      const { checkCommand } = await import('./check-command.ts');
      ended(await checkCommand(paths, flags, terminal));
    });

  answerFlags(
    program
      .command('run')
      .description('Run a guide: --dry shows what would happen and performs nothing, --live runs it.')
      .argument('<guide>', 'a guide (.md) or a plan (.plandag.json, .sop.json, .mmd)')
      .option('--dry', 'perform nothing: show steps, rendered actions, approvals, conditions and paths')
      .option('--live', 'perform reads; writes wait for approval')
      .option('--explain', 'with --dry: ask the tools whether they accept each query', false)
      .option(
        '--journal <file>',
        "where the run's journal is written (default: .tsg/runs beside tsg.yaml or the guide)",
      ),
  )
    .option('--max-parallel <n>', 'steps that run at one time', positiveInteger)
    .option('--step', 'with --live, at a terminal: stop before each step, show what it says, and ask', false)
    .option('--from <step>', 'with --live: begin at this step, and run no other that does not follow from it')
    .addHelpText('after', runHelp)
    .action(async (guide: string, flags: RunFlags) => {
      const { runCommand } = await import('./run-command.ts');
      ended(await runCommand(guide, flags, terminal));
    });

  answerFlags(
    program
      .command('resume')
      .description('Take a run up where its journal ends, with the answers it waits for.')
      .argument('<journal>', 'the journal of a run (.jsonl)')
      .option('--step', 'at a terminal: stop before each further step, show what it says, and ask', false)
      .option('--change-environment', 'with --env: go on in another environment than the run was in', false),
  ).action(async (journal: string, flags: ResumeFlags) => {
    const { resumeCommand } = await import('./resume-command.ts');
    ended(await resumeCommand(journal, flags, terminal));
  });

  program
    .command('replay')
    .description('Print a run again from its journal, step by step. Performs nothing.')
    .argument('<journal>', 'the journal of a run (.jsonl)')
    .option('--json', 'print one JSON object instead', false)
    .action(async (journal: string, flags: { json: boolean }) => {
      const { replayCommand } = await import('./replay-command.ts');
      ended(await replayCommand(journal, flags, terminal));
    });
  program
    .command('tools')
    .description('List the configured tools; --check tries the connection of each.')
    .option('--check', 'connect to every tool, and exit 1 when one of them cannot be used', false)
    .option('--config <file>', 'the tools (default: the nearest tsg.yaml)')
    .option('--env <name>', 'the environment of tsg.yaml, such as prod')
    .option('--json', 'print one JSON object instead', false)
    .action(async (flags: ToolsFlags) => {
      const { toolsCommand } = await import('./tools-command.ts');
      ended(await toolsCommand(flags, terminal));
    });

  program
    .command('mcp')
    .description('Serve guides to agents over MCP (standard input and output): list, match, read, check and dry-run.')
    .option('--folder <folder>', 'the folder whose guides are served; nothing outside it is', '.')
    .option('--allow-runs', 'offer runs too: reads are performed, writes wait for a person (`tsg approve`)', false)
    .option('--config <file>', 'the tools (default: the nearest tsg.yaml)')
    .action(async (flags: McpFlags) => {
      const { mcpCommand } = await import('./mcp/mcp-command.ts');
      ended(await mcpCommand(flags, terminal));
    });
  addTrustCommands(program, terminal, ended);
  addModelCommands(program, terminal, ended);
  return program;
}

/** Flags of `resume`; `run` has more. */
export interface ResumeFlags {
  readonly config?: string;
  readonly env?: string;
  readonly param: readonly string[];
  readonly paramEnv: readonly string[];
  readonly params?: string;
  readonly decide: readonly string[];
  readonly approve?: 'none' | 'all';
  readonly settle: readonly string[];
  readonly step?: boolean;
  readonly json: boolean;
  /** False with --no-model. */
  readonly model: boolean;
  /** Who answers, for the journal; the account's name when absent. */
  readonly by?: string;
  /** Raised when nobody is there any more for whom it runs; from `tsg mcp` alone. */
  readonly stop?: AbortSignal;
  /** Go on in another environment than the run was in. */
  readonly changeEnvironment?: boolean;
}

export interface RunFlags extends ResumeFlags {
  readonly dry?: boolean;
  readonly live?: boolean;
  readonly explain: boolean;
  readonly journal?: string;
  readonly maxParallel?: number;
  readonly from?: string;
  /** The folder outside of which no called guide is read; found by the guide when absent. */
  readonly within?: string;
}

function answerFlags(command: Command): Command {
  return command
    .option('--config <file>', 'the tools (default: the nearest tsg.yaml)')
    .option('--env <name>', 'the environment of tsg.yaml to run against, such as prod')
    .option('-p, --param <name=value>', 'value of a parameter; repeatable', collect, [])
    .option(
      '--param-env <name=variable>',
      'value of a parameter from an environment variable, such as a secret; repeatable',
      collect,
      [],
    )
    .option('--params <file>', 'values of parameters from a JSON object')
    .option(
      '-d, --decide <step=edge>',
      'decision for a step: an edge, the step it leads to, `end`, or `none` where nothing fits; repeatable',
      collect,
      [],
    )
    .addOption(new Option('--approve <which>', 'approve every write that asks, or none').choices(['none', 'all']))
    .option(
      '--settle <action=how>',
      'done, failed or repeat, for an action nobody else can tell of; repeatable',
      collect,
      [],
    )
    .option('--no-model', 'ask no model, whatever the settings say')
    .option('--json', 'print one JSON object on standard output and nothing else there', false);
}

const runHelp = `
Exit codes: 0 ended as planned, 1 errors in the guide, 2 usage or configuration, 3 stopped for a decision, an approval or
a parameter, 4 a step failed and the plan could not go on, 70 a fault of ours, 130 stopped by Ctrl-C.`;

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

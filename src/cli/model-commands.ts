// The commands that ask a language model. Their arguments and flags; what each does is in its own file, loaded when it is
// called. No other command needs one.
import { InvalidArgumentError, type Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { ProposeFlags } from './propose-command.ts';
import type { Terminal } from './terminal.ts';

/** Adds the commands to the program. */
export function addModelCommands(program: Command, terminal: Terminal, ended: (code: ExitCode) => void): void {
  program
    .command('propose')
    .description('Ask the model of tsg.yaml about each passage that could not be read, and print what it proposes.')
    .argument('<guide>', 'a guide (.md)')
    .option('--write', "write the proposals into the guide that are as sure as the settings' `confidence` asks", false)
    .option('--max <n>', 'passages that are asked about', positiveInteger, 20)
    .option('--config <file>', 'the settings (default: the nearest tsg.yaml)')
    .option('--json', 'print one JSON object instead', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 asked, 2 no model or a wrong setting, 4 the model could not be asked, 130 Ctrl-C.',
    )
    .action(async (guide: string, flags: ProposeFlags) => {
      const { proposeCommand } = await import('./propose-command.ts');
      ended(await proposeCommand(guide, flags, terminal));
    });
}

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return number;
}

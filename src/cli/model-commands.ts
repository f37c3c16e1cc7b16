// The commands that ask a language model. Their arguments and flags; what each does is in its own file, loaded when it is
// called. No other command needs one.
import { InvalidArgumentError, type Command } from 'commander';
import type { DraftFlags } from './draft-command.ts';
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
  addDraft(program, terminal, ended);
}

function addDraft(program: Command, terminal: Terminal, ended: (code: ExitCode) => void): void {
  program
    .command('draft')
    .description(
      'Draft a guide from an incident or a chat with the model of tsg.yaml; printed only if it has no errors.',
    )
    .argument('<file>', 'a text: an incident, a chat, a report; - for the standard input')
    .option('--library <folder>', 'guides to take as examples (default: those of tsg.yaml)')
    .option('-o, --output <file>', 'write the guide there; a file that exists is left alone')
    .option('--config <file>', 'the settings (default: the nearest tsg.yaml)')
    .option('--json', 'print one JSON object instead', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 drafted, 1 every draft had errors, 2 no model or a wrong setting, 4 the model could not be asked.',
    )
    .action(async (file: string, flags: DraftFlags) => {
      const { draftCommand } = await import('./draft-command.ts');
      ended(await draftCommand(file, flags, terminal));
    });
}

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Expected a whole number of at least 1.');
  return number;
}

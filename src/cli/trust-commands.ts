// The commands that make runs trustworthy: prove a journal, answer a waiting run, test guides, report. Their arguments and
// flags; what each does is in its own file, loaded when it is called.
import type { Command } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

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
}

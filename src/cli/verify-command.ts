// `tsg verify`: proves that a journal is as it was written, line by line, and names the first line that is not.
import { sha256Hex } from '../adapters/index.ts';
import { verifyJournal } from '../run/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findJournal } from './find-journal.ts';
import { readText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

export interface VerifyFlags {
  readonly expect?: string;
  readonly json: boolean;
}

/** Exit 0 when the journal is whole, 1 when it is not or cannot be proven, 2 when it is no journal. */
export async function verifyCommand(journal: string, flags: VerifyFlags, terminal: Terminal): Promise<ExitCode> {
  const file = findJournal(journal);
  const { text } = readText(file);
  if (!text.startsWith('{"v":')) throw usageError(`\`${printableLine(shownPath(file))}\` is not a journal.`);
  if (flags.expect !== undefined && !/^[0-9a-f]{64}$/i.test(flags.expect))
    throw usageError(
      `--expect: \`${printableLine(flags.expect)}\` is no hash of a line.`,
      'expected the 64 digits that `tsg verify` prints behind `chain:`.',
    );
  const found = verifyJournal(text, sha256Hex, flags.expect?.toLowerCase());
  if (flags.json) terminal.out(`${JSON.stringify({ journal: shownPath(file), ...found }, null, 2)}\n`);
  else {
    const place = found.line === null ? shownPath(file) : `${shownPath(file)}:${found.line}`;
    const [symbol, style] = found.kind === 'whole' ? (['✓', 'green'] as const) : (['✗', 'red'] as const);
    terminal.out(`${terminal.styled(style, `${symbol} ${found.kind}`)} ${place}: ${printableLine(found.message)}\n`);
    if (found.torn) terminal.out('  A last line, cut short by a crash and never acknowledged, is left out.\n');
    if (found.kind === 'whole' && !found.ended && found.until !== null)
      terminal.out(
        `  It holds no end of the run: its last line is of ${new Date(found.until).toISOString()}. Lines cut off behind it are not missed without --expect.\n`,
      );
    if (found.kind === 'whole') terminal.out(terminal.styled('dim', `  chain: ${found.chain}\n`));
  }
  return found.kind === 'whole' ? exitCode.ok : exitCode.guide;
}

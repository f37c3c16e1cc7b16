// shell.syntax: a shell block that no shell reads. Placeholders in angle brackets stand for words; a console session with its
// output is no script and is left alone.
import { remember } from '../base/index.ts';
import { parse } from 'unbash';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perAction } from './scope.ts';
import { codeSpan } from './diagnose-explanation.ts';

const longest = 50_000;

export const checkShell = perAction((action) => {
  if (!/^(?:bash|sh|shell|zsh)$/.test(action.language) || isSketch(action.code)) return [];
  const { fault } = faultOf(action.code);
  if (!fault) return [];
  const at = Math.max(0, Math.min(fault.pos, action.code.trimEnd().length - 1));
  return [
    makeDiagnostic(
      'shell.syntax',
      codeSpan(action, { start: at, end: at + 1 }),
      `\`${action.id}\` is no complete shell command: ${fault.message}.`,
      {
        hint: 'Correct it, or call the block `console` if it shows output.',
      },
    ),
  ];
});

function isSketch(code: string): boolean {
  return code.length > longest || /\.\.\.|…|\{\{/.test(code) || prompt.test(code) || output.test(code);
}

const prompt = /^[ \t]*(?:[$#>%]|\[[^\]\n]*\][$#]|[\w.-]{1,60}@[\w.-]{1,60}[^$#\n]{0,100}[$#]) |^[ \t]*[|+]--/m;
/** Columns under capital letters, `Name:  value`, and sentences that tell of an error stand in no script. */
const output = /^[ \t]*[A-Z][\w/-]{0,60}(?:[ \t]{2,}\S|:[ \t])|^[ \t]*(?:[a-z]{1,20} ){2,12}[a-z]{1,20}: /m;

const faultOf = remember(
  (code: string): { readonly fault: { readonly message: string; readonly pos: number } | null } => {
    const words = code.replace(/<[A-Za-z_][\w :./-]{0,60}>/g, (mark) => 'x'.repeat(mark.length));
    try {
      const [first] = parse(words).errors ?? [];
      return { fault: first ?? null };
    } catch {
      return { fault: null };
    }
  },
);

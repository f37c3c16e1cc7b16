// action.condition-in-code: a comment of code says that what follows it is done only in some case, and a run performs the whole block.
// Told where what follows changes something, or may: what only looks does no harm where it was not needed.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

export const checkConditionInCode = perAction((action): readonly Diagnostic[] => {
  const comment = action.effect === 'read' ? undefined : comments.get(action.language);
  if (!comment || !mayHold.test(action.code)) return [];
  return collect(conditionsIn(action.code, comment), ({ words, start, end }) => {
    const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
    const message = `\`${shown.replaceAll('`', '')}\` is said in a comment: a run performs the whole block in any case.`;
    return [
      makeDiagnostic('action.condition-in-code', codeSpan(action, { start, end }), message, {
        hint: 'Say the condition in the text, "If …, …", and put what it is about into a block of its own below it.',
      }),
    ];
  });
});

/** What a comment of a line begins with. */
const comments: ReadonlyMap<Action['language'], RegExp> = new Map([
  ...['bash', 'sh', 'shell', 'zsh', 'console', 'powershell', 'pwsh', 'python', 'py'].map(
    (name) => [name, /^[ \t]*#+[ \t]*/] as const,
  ),
  ...['sql'].map((name) => [name, /^[ \t]*--+[ \t]*/] as const),
  ...['javascript', 'js', 'kusto'].map((name) => [name, /^[ \t]*\/\/+[ \t]*/] as const),
]);

const mayHold = /\b(?:if|unless|otherwise|only\s+when|in\s+case)\b/i;

/** "If the database is down, restart it", "Otherwise:", "Only when the disk is full": what follows is for some. */
const opens =
  /^(?:(?:step\s+)?\d+[.):]\s*)?(?:or\s+|and\s+|but\s+)?(?:only\s+)?(?:if|unless|otherwise|in\s+case|only\s+when)\b|[\s,(]only\s+(?:if|when)\s/i;
/** "If you see a row, it is broken": what one is to think, with no deed in it, says nothing of what follows. */
const explains = /^if\b[^,:]*,\s*(?:then\s+)?(?:it|this|that|the|there|you\s+(?:will|see|get)|your|an?)\b/i;

/** Code that decides by itself, or that only looks. */
const decides = /^[ \t]*(?:if|elif|else|case|while|until|for|foreach|switch|try|test|\[|WHERE|AND|OR|WHEN|CASE)\b/i;
const looks =
  /^[ \t]*(?:sudo\s+)?(?:(?:kubectl|oc)\s+(?:(?:-n|--namespace)[ =]\S+\s+)?(?:get|describe|logs|top|explain|events)|docker\s+(?:ps|logs|inspect|stats|images)|systemctl\s+(?:status|is-\w+|list-\w+|show)|git\s+(?:log|status|diff|show)|aws\s+\S+\s+(?:describe|list|get)-\S+|cat|grep|egrep|tail|head|less|ls|ps|df|du|free|top|uptime|journalctl|dmesg|dig|nslookup|ping|echo|ss|netstat|lsof|Get-\w+|Test-\w+|SELECT|SHOW|EXPLAIN|DESCRIBE)\b/i;

interface Said {
  readonly words: string;
  readonly start: number;
  readonly end: number;
}

/** The comments that open with a condition and have a command below them that is not one to look with. */
function conditionsIn(code: string, comment: RegExp): readonly Said[] {
  const found: Said[] = [];
  const lines = code.split('\n');
  const wordsOf = (line: string | undefined): string | null =>
    line !== undefined && comment.test(line) ? line.replace(comment, '').trim() : null;
  let start = 0;
  lines.forEach((line, at) => {
    const words = wordsOf(line);
    const before = wordsOf(lines[at - 1]);
    // A sentence that goes on from the line before is not one that opens here.
    if (words !== null && opens.test(words) && (before === null || before === '' || /[.:!?;]$/.test(before))) {
      const behind = lines.slice(at + 1);
      const end = behind.findIndex((next) => wordsOf(next) === null);
      const whole = [words, ...behind.slice(0, Math.max(0, end)).map(wordsOf)].join(' ');
      const below = behind.find((next) => next.trim() !== '' && wordsOf(next) === null);
      if (below !== undefined && !explains.test(whole) && !decides.test(below) && !looks.test(below))
        found.push({ words, start: start + line.indexOf(words), end: start + line.trimEnd().length });
    }
    start += line.length + 1;
  });
  return found;
}

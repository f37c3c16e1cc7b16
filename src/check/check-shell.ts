// shell.syntax: a shell block that no shell reads, or a command of a console session that none reads. Placeholders in angle
// brackets stand for words; what a session printed is left alone, and so are synopses that show how a command is written.
import { allMatches, remember } from '../base/index.ts';
import { parse } from 'unbash';
import { makeDiagnostic, type Fix } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import type { CodeFault } from './code-fault.ts';
import { perAction } from './scope.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { openDocument, openerOf, openQuote, openTest, openWord } from './code-openers.ts';
import { wasPrinted } from './printed-lines.ts';
import { typographicSign, type TypographicSign } from './typographic-signs.ts';

const longest = 50_000;

export const checkShell = perAction((action) => {
  if (!/^(?:bash|sh|shell|zsh|console)$/.test(action.language) || isSketch(withoutTemplates(action.code))) return [];
  const { fault, sign } = faultsOf(`${action.language} ${withoutTemplates(action.code)}`);
  const told = sign && (!fault || sign.start <= fault.start) ? sign : fault;
  if (!told) return [];
  return [
    makeDiagnostic(
      'shell.syntax',
      codeSpan(action, told),
      `\`${action.id}\` is no complete shell command: ${told.message}.`,
      told === sign
        ? { hint: `Write \`${sign.plain}\`.`, fixes: [plainly(action, sign)] }
        : {
            hint:
              action.language === 'console'
                ? 'Correct it, or call the block `text` if it is no session.'
                : 'Correct it, or call the block `console` if it shows output.',
          },
    ),
  ];
});

function plainly(action: Action, sign: TypographicSign): Fix {
  return { title: `Change to \`${sign.plain}\``, edits: [{ span: codeSpan(action, sign), newText: sign.plain }] };
}

/** `{{ namespace }}` stands for a word; what a template does beyond that nobody can tell here. */
function withoutTemplates(code: string): string {
  return code.replace(/\{\{ ?[A-Za-z_][\w-]{0,60} ?\}\}/g, (mark) => 'x'.repeat(mark.length));
}

function isSketch(code: string): boolean {
  return code.length > longest || /\.\.\.|…|\{\{/.test(code) || synopsis.test(code);
}

/** `cmd [--flag] <name> | <other>`: options in brackets of their own, words to choose from, and remarks in brackets. */
const synopsis =
  /(?:^|\s)\[(?:-{1,2}[A-Za-z]|[A-Z_]{2,}|<)[^\]\n]*\](?=[ \t]*(?:$|[\w<[{|-]))|<[^<>\n]+>[ \t]*\|[ \t]*<[^<>\n]+>|\[[:@#]?<[\w-]|\((?:same as|alias|or|see|default)[ :]|^[ \t]*usage:|^@test ["']/im;
const prompt = /^[ \t]*(?:[$>%]|\[[^\]\n]*\][$#]|[\w.-]{1,60}@[\w.-]{1,60}[^$#\n]{0,100}[$#]) |^[ \t]*[|+]--/m;
/** `# systemctl status shop` is what root types; `# Look at the pods` is a remark, which every script may have. */
const rootPrompt =
  /^[ \t]*# (?!(?:e\.g\.|i\.e\.|or|and|to|for|in|on|if|then|this|the|a|an|see|note|check|list|get|show|use|run|with|from|optionally)\b)(?:\/?[a-z][\w./-]*(?:[ \t]+-{1,2}[A-Za-z]|[ \t]+[^\n]*(?:\||[ \t]-{1,2}[A-Za-z]))|[a-z][\w.-]*[ \t]*$|(?:cat|cd|ls|ps|df|free|top|rm|mv|cp|chmod|systemctl|service|journalctl|grep|kubectl|oc|docker|ip|ping|curl|etcdctl|ceph|mount|yum|apt)[ \t])/m;
/**
 * Columns under capital letters, `Name:  value`, sentences that tell of an error, words that a colon ends, a question with `(y/N)`, members
 * of JSON and signs of a list stand in no script.
 */
const output =
  /^[ \t]*[A-Z][\w/-]{0,60}(?:[ \t]{2,}\S|:[ \t])|^[ \t]*(?:[a-z]{1,20} ){2,12}[a-z]{1,20}: |^[ \t]*\w[\w.-]{1,20}: \(\d+\) |^[ \t]*[a-z]+(?: [a-z]+){0,4}(?: \([a-z, ]+\))?:[ \t]*$|^(?:[^"'\n]|"[^"\n]*"|'[^'\n]*'){1,200}\? [[(][yY](?:es)?\/[nN]o?[\])]|^[ \t]*"[^"\n]+":[ \t]|^[ \t]*[●○■□▪•✓✔✗✘✖⚠→├└│]/m;

interface Faults {
  readonly fault: CodeFault | null;
  readonly sign: TypographicSign | null;
}

const none: Faults = { fault: null, sign: null };

const faultsOf = remember((words: string): Faults => {
  const language = words.slice(0, words.indexOf(' '));
  const code = words.slice(language.length + 1);
  const isSession = prompt.test(code) || (language === 'console' ? /^[ \t]*# /m : rootPrompt).test(code);
  if (!isSession && (language === 'console' || output.test(code))) return none;
  const whole = isSession ? null : parseFault(code);
  if (whole && wasPrinted(code, whole)) return none;
  const commands = isSession ? commandsOf(code) : [{ code, rest: '', start: 0 }];
  const first = commands.flatMap(({ code: command, rest, start }) => faultIn(command, rest, start) ?? [])[0];
  const sign = commands.flatMap(({ code: command, start }) => {
    const found = typographicSign(command, texts, true);
    return found ? [{ ...found, start: found.start + start, end: found.end + start }] : [];
  })[0];
  return { fault: first ?? null, sign: sign ?? null };
});

/** What a shell takes as it stands. */
const texts = /\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*"|(?<=^|\s)#[^\n]*/g;

interface Command {
  readonly code: string;
  /** What stands before the next prompt: what was printed, or the rest of the command. */
  readonly rest: string;
  readonly start: number;
}

const command = /^([ \t]*\$[ \t]+)(\S[^\n]*(?:(?<=\\)\n[^\n]*)*)/gm;

/** The commands behind the `$` of a session. */
function commandsOf(code: string): readonly Command[] {
  const found = allMatches(code, command);
  return found.map(({ 1: sign = '', 2: words = '', index }, at) => {
    const start = index + sign.length;
    return { code: words, rest: code.slice(start + words.length, found[at + 1]?.index ?? code.length), start };
  });
}

/** Lines that may belong to a command without a prompt of their own. */
const mostLines = 60;

/** The fault of a command, unless the lines below it are what it lacks. */
function faultIn(code: string, rest: string, start: number): CodeFault | null {
  const fault = parseFault(code);
  if (!fault) return rest === '' ? (openDocument(code) ?? openTest(code)) : null;
  let whole = code;
  const lines = rest.replace(/^\n/, '').split('\n');
  if (rest.trim() !== '' && lines.length > mostLines) return null;
  for (const line of rest.trim() === '' ? [] : lines) {
    whole += `\n${line.replace(/^[ \t]*>[ \t]/, '')}`;
    if (!parseFault(whole)) return null;
  }
  const last = code.trimEnd().length - 1;
  const opened = fault.pos >= last ? openWord(code) : null;
  const place =
    opened ?? openerOf(code, fault.message, fault.pos) ?? (/quote/.test(fault.message) ? openQuote(code) : null);
  if (place) return { ...place, start: start + place.start, end: start + place.end };
  const at = Math.max(0, Math.min(fault.pos, last));
  return { message: fault.message, start: start + at, end: start + at + 1 };
}

function parseFault(code: string): { readonly message: string; readonly pos: number } | null {
  const words = code.replace(/<[A-Za-z_][\w :./|-]{0,60}>/g, (mark) => 'x'.repeat(mark.length));
  try {
    return parse(words).errors?.[0] ?? null;
  } catch {
    return null;
  }
}

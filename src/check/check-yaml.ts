// yaml.syntax: a YAML block that no parser reads. Blocks with templates, placeholders or an ellipsis are sketches and are left
// alone.
import { allMatches, placeOfFault, remember } from '../base/index.ts';
import { parseAllDocuments } from 'yaml';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perSection } from './scope.ts';
import { faultSpan, type CodeFault } from './code-fault.ts';

/** Longer blocks are data, and would cost more than a keystroke may. */
const longest = 20_000;

export const checkYaml = perSection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    if (block.kind !== 'code' || !/^(?:yaml|yml)$/.test(block.language ?? '') || isSketch(block.code)) return [];
    const { fault } = faultOf(block.code);
    if (!fault) return [];
    return [
      makeDiagnostic('yaml.syntax', faultSpan(block, fault), `This YAML cannot be read: ${fault.message}.`, {
        hint: 'Correct it, or call the block `text` if it is only a sketch.',
      }),
    ];
  }),
);

function isSketch(code: string): boolean {
  return code.length > longest || isDeep(code) || /\.\.\.|…|<[\w -]+>|\{\{|\{%|^[ \t]*[$>] \S/m.test(code);
}

/** Nesting that nobody writes, for which the parser takes the square of its depth. */
function isDeep(code: string): boolean {
  let depth = 0;
  for (const sign of code) {
    if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    if (depth > 40) return true;
  }
  return /(?:- ){12}/.test(code);
}

/** What is handed to Kubernetes. */
const isManifest = /^apiVersion:\s\S/m;

/** In a manifest these hold keys, so that a line "name shop" alone below one of them lacks its colon, though any parser reads it as words. */
function keyWithoutColon(code: string): CodeFault | null {
  const found =
    /^([ \t]*)(?:metadata|spec|data|labels|annotations|matchLabels|selector|limits|requests|template):[ \t]*\n(\1[ \t]+)([A-Za-z][\w.-]*)[ \t]+[^\s:#|>][^\n:]*$/m.exec(
      code,
    );
  if (!found) return null;
  const [whole, , indent = '', name = ''] = found;
  const start = found.index + whole.indexOf('\n') + 1 + indent.length;
  return { message: `\`${name}\` has no colon behind it`, start, end: start + name.length };
}

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => {
  const documents = parseAllDocuments(code, { logLevel: 'silent' });
  const error = Array.isArray(documents) ? documents.flatMap(({ errors }) => errors)[0] : undefined;
  if (!error) return { fault: isManifest.test(code) ? keyWithoutColon(code) : null };
  const words = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
  // A line that is indented too far makes one key of two lines: the second is the one that is wrong.
  const lines = Array.isArray(documents)
    ? documents.flatMap(({ errors }) => errors).find(({ code: kind }) => kind === 'MULTILINE_IMPLICIT_KEY')
    : undefined;
  const broken = lines && /^[^\n]*\n\s*(?=\S)/.exec(code.slice(lines.pos[0], lines.pos[1]));
  const isSecond = lines && broken && error.code === 'BLOCK_AS_IMPLICIT_KEY';
  // Where lines go on as if nothing were open, the bracket is what lacks its partner.
  const open =
    /flow collection|flow (?:map|sequence) in|implicit keys need to be on a single line/i.test(words) &&
    !/[\]}]/.test(code.charAt(error.pos[0]))
      ? openBracket(code.slice(0, error.pos[0]))
      : null;
  if (open !== null) {
    const bracket = code.charAt(open);
    return { fault: { message: `this \`${bracket}\` is never closed`, start: open, end: open + 1 } };
  }
  const start = isSecond ? lines.pos[0] + broken[0].length : onText(code, placeOfFault(error, code));
  return {
    fault: {
      message: isSecond ? 'this line is indented too far' : words.charAt(0).toLowerCase() + words.slice(1),
      start,
      end: Math.max(start + 1, Math.min(isSecond ? lines.pos[1] : error.pos[1], start + 20)),
    },
  };
});

/** The last bracket of a list or map that a line before the place leaves open. */
function openBracket(before: string): number | null {
  const open: number[] = [];
  const bare = before.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?<=^|\s)#[^\n]*/g, (text) =>
    ' '.repeat(text.length),
  );
  for (const { 0: sign, index } of allMatches(bare, /[[\]{}]/g)) {
    if (sign === '[' || sign === '{') open.push(index);
    else open.pop();
  }
  const last = open.at(-1);
  return last !== undefined && bare.slice(last).includes('\n') ? last : null;
}

/** The first sign of the line's text, where the place lies in its indentation. */
function onText(code: string, at: number): number {
  const blank = /^[ ]+(?=[^\s])/.exec(code.slice(at));
  return at === 0 || code[at - 1] === '\n' ? at + (blank?.[0].length ?? 0) : at;
}

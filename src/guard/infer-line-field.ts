// Conditions about a line of what a command prints: "`master_link_status` is `down`" behind `redis-cli info`, "`MemAvailable` is below
// 500000". The output says whether there is such a line; where there is none, or several that differ, a person decides.
import { celText, mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const name = String.raw`(?:the )?(?:value of |field |line |setting )?(?<name>"\d+)(?: field| value| line| setting)?`;
const where = '(?: in (?:the|its) (?:output|info|status|answer))?';
const forms = [
  `${name}${where} (?:(?<not>is not|isn't|does not equal|is anything other than)|is|are|equals|shows|says|reads|=|==|is set to) (?<value>"\\d+|true|false|yes|no|on|off)`,
  `${name}${where} (?:(?:is|are) )?(?<not>not )?(?<exceeds>exceeds )?(?:(?<compare>${comparisonWords}) )?(?<number>#\\d+)(?: or (?<more>more|higher|greater|above|less|lower|below|fewer))?`,
];

/** The guard of such a condition, or null. */
export function inferLineField(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses, written } = sentence;
  const isText =
    shape.members.includes('text') && shape.members.includes('errorText') && !shape.members.includes('rows');
  if (!isText || shape.printed !== undefined || parentheses.length > 0) return null;
  for (const form of forms) {
    const groups = wholeLine(form).exec(plain)?.groups;
    const named = groups && mentioned(sentence, groups['name'] ?? '');
    if (!groups || named?.kind !== 'quoted' || !isName(named.text)) continue;
    const field = `field(text, ${celText(named.text)})`;
    const because = `the words are about the line of \`${named.text}\``;
    if (groups['number'] !== undefined) {
      const sign = signSaid(groups, groups['exceeds'] !== undefined);
      const number = numberOf(sentence, groups['number']);
      if (sign === null || number === null || (groups['exceeds'] !== undefined && groups['compare'] !== undefined))
        return null;
      return { cel: `double(${field}) ${sign} ${number}`, because };
    }
    const sign = groups['value'] ?? '';
    const quoted = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
    const value = quoted?.kind === 'quoted' ? quoted.text : (written.split(' ').at(-1) ?? '');
    if (value === '' || value.length > 80 || /[<{*…\n]|\.\.\./.test(value)) return null;
    return { cel: `${groups['not'] === undefined ? '' : '!'}${field}.reads(${celText(value)})`, because };
  }
  return null;
}

/** What lines begin with: one word, or several that each begin with a capital. A name in capitals is a column of a table. */
function isName(text: string): boolean {
  const isOne = /^[A-Za-z_][\w.-]{1,60}$/.test(text) && !/^[A-Z][A-Z-]*$/.test(text);
  return isOne || /^[A-Z]\w*(?: [A-Z]\w*){1,3}$/.test(text);
}

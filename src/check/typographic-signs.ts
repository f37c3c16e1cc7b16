// Signs that a word processor or a chat has put in place of those of code: “ ” ‘ ’ for quotes, – and — for the dash of an option.
// Shells and databases take them for letters, so the command fails or asks for something else.
import type { CodeFault } from './code-fault.ts';

/** A sign that stands in code where only its plain form has a meaning, and that form. */
export interface TypographicSign extends CodeFault {
  readonly plain: string;
}

const quoted = /“[^“”"\n]{0,200}”|‘[^‘’'\n]{0,200}’/;
/** A dash before the name of an option. */
const option = /(?<=[\w"'}\])][ \t]+)[–—]{1,2}(?=[A-Za-z][\w-]*(?:[ \t=]|$))/m;

/** The first such sign outside of texts and comments; `texts` matches those. Dashes are told only where options are written. */
export function typographicSign(code: string, texts: RegExp, withOptions: boolean): TypographicSign | null {
  if (!/[“”‘’–—]/.test(code)) return null;
  const bare = code.replace(texts, (text) => ' '.repeat(text.length));
  const quote = quoted.exec(bare);
  const dash = withOptions ? option.exec(bare) : null;
  if (dash && (!quote || dash.index < quote.index)) {
    const end = dash.index + dash[0].length;
    return {
      message: `\`${dash[0]}\` is no dash that begins an option`,
      start: dash.index,
      end,
      plain: /^—|^––/.test(dash[0]) || /^\w{2}/.test(bare.slice(end)) ? '--' : '-',
    };
  }
  if (!quote) return null;
  const mark = quote[0].startsWith('“') ? '"' : "'";
  return {
    message: `\`${quote[0].charAt(0)}\` and \`${quote[0].slice(-1)}\` are no quotes`,
    start: quote.index,
    end: quote.index + quote[0].length,
    plain: `${mark}${quote[0].slice(1, -1)}${mark}`,
  };
}

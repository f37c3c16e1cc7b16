// The rules of commands whose arguments are a language of their own: awk, sed, curl, date, test and read.
import { headerAsks, orderIn } from '../change-address.ts';
import { isPlainAwk } from './awk-program.ts';
import { unclear } from './command-rules.ts';

export function dateRule(args: readonly (string | null)[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^(-d|--date|-r|--reference)$/.test(arg)) i++;
    else if (
      !/^(\+.*|-[uRj]|--utc|--universal|--rfc-\S+|-I\w*|--iso-8601(=\w+)?|--date=.*|--reference=.*|-d.+|-u?d)$/s.test(
        arg,
      )
    )
      return `the argument \`${arg}\` may set the clock`;
  }
  return null;
}

export function curlRule(args: readonly (string | null)[]): string | null {
  // With `-G` what would be a body is put into the address.
  const gets = args.some((arg) => arg !== null && /^(-[sSfLkvi]*G|--get)$/.test(arg));
  const addresses: string[] = [];
  const asked: string[] = [];
  if (args.some((arg, at) => /[\r\n\0]/.test(arg ?? '') && !isFormat(args[at - 1])))
    return 'a line end in what it sends may begin another request';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    const next = args[i + 1];
    if (/^(-X|--request)$/.test(arg)) {
      if (next !== 'GET' && next !== 'HEAD') return 'it sends another method than GET';
      i++;
    } else if (/^(-[sSfLkvi]*o|--output)$/.test(arg)) {
      if (next !== '/dev/null') return 'it writes a file';
      i++;
    } else if (/^(-H|--header)$/.test(arg)) {
      if (next === null || next === undefined || next.startsWith('@') || headerAsks(next.split(':')[0] ?? ''))
        return 'a header may ask for more than to be read';
      i++;
    } else if (gets && /^(-d|--data|--data-urlencode|--data-raw)$/.test(arg)) {
      // `@file` and `name@file` send what a file holds.
      if (next === null || next === undefined) return unclear;
      if (/^[^=]*@/.test(next)) return 'it sends what a file holds';
      const [name = '', ...value] = next.split('=');
      asked.push(
        arg === '--data-urlencode' ? `${name}=${value.join('=').replace(/[^…]+/g, encodeURIComponent)}` : next,
      );
      i++;
    } else if (isFormat(arg)) {
      if (next === null || next === undefined || /%output|^@|…$/i.test(next)) return 'its format may write a file';
      i++;
    } else if (
      /^(-m|--max-time|--connect-timeout|-u|--user|-A|--user-agent|-e|--referer|--retry|--retry-delay|--retry-max-time|--max-redirs|--resolve|--cacert|-[sSfLkvi]*m)$/.test(
        arg,
      )
    ) {
      if (next === null || next === undefined) return unclear;
      i++;
    } else if (arg.startsWith('-')) {
      if (
        !/^(-[sSfLkviIgG046]+|--(silent|show-error|fail|fail-with-body|location|insecure|verbose|include|head|globoff|get|compressed|http1\.1|http2|ipv4|ipv6|no-progress-meter|no-buffer|max-time=\d+))$/.test(
          arg,
        )
      )
        return `the option \`${arg}\` is not known to only read`;
    } else if (/^[^/]*[{[]|\{[^{}]*,/.test(arg)) return 'its address has a part that curl fills in';
    else if (/^[a-z][a-z0-9+.-]*:/i.test(arg) && !/^(https?:\/\/|[\w.-]+:\d)/i.test(arg))
      return `\`${arg}\` is not an HTTP address`;
    else {
      addresses.push(/^[a-z][a-z0-9+.-]*:\/\//i.test(arg) ? arg : `http://${arg}`);
    }
  }
  // curl takes `{retry}` for a list of one word, and leaves it as it is with `-g`.
  for (const address of addresses.flatMap((each) => [...new Set([each, each.replace(/\{([^{}]*)\}/g, '$1')])])) {
    const order = orderIn([address, ...asked].reduce((one, more) => `${one}${one.includes('?') ? '&' : '?'}${more}`));
    if (order !== null) return `\`${order}\` in its address may ask for a change`;
  }
  return null;
}

/** What curl writes behind an answer follows. */
const isFormat = (arg: string | null | undefined): boolean => /^(-[sSfLkvi]*w|--write-out)$/.test(arg ?? '');

/** A program of pattern and print only: no files, no pipes, no commands. */
export function awkRule(args: readonly (string | null)[]): string | null {
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^-[Fv]$/.test(arg)) i++;
    else if (!/^-[Fv]./.test(arg)) break;
  }
  const program = args[i];
  if (program === null || program === undefined || program.startsWith('-') || program.includes('…'))
    return 'its program is not known';
  if (!isPlainAwk(program)) return 'its program may run a command or write a file';
  // A file argument `name=value` sets a variable, which is harmless; one known only at run time is a file name.
  return null;
}

export function sedRule(args: readonly (string | null)[]): string | null {
  const scripts: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (arg === '-e') scripts.push(args[++i] ?? 'w');
    else if (/^-[nErsuz]+$|^--(quiet|silent|regexp-extended)$/.test(arg)) continue;
    else if (arg.startsWith('-') && arg !== '-') return `the option \`${arg}\` is not known to only read`;
    else if (scripts.length === 0) scripts.push(arg);
  }
  // `s/a/$b/`, where `$b` may hold `x/w file`.
  if (scripts.some((script) => script.includes('…'))) return 'its script is only known when it runs';
  const address = String.raw`(\d+|\$|\/[^/\n\\]*\/)`;
  const simple = new RegExp(String.raw`^(${address}(,${address})?)?!?\s*[pdq=]$`);
  const substitution = /^s([/|#,!])((?!\1)[^\\\n]|\\[^\n])*\1((?!\1)[^\\\n]|\\[^\n])*\1[gIip\d]*$/;
  const fine = scripts.length > 0 && scripts.every((script) => simple.test(script) || substitution.test(script));
  return fine ? null : 'its script may write a file or run a command';
}

/** `[ … ]` reads, but `-v` and `-R` evaluate an index, which may hold a command. */
export function testRule(args: readonly (string | null)[]): string | null {
  if (args.some((arg) => arg === '-v' || arg === '-R')) return 'it may evaluate an index';
  // Other shells than bash calculate both sides, and an index may hold a command.
  if (
    args.some((arg) => /^-(eq|ne|lt|le|gt|ge)$/.test(arg ?? '')) &&
    args.some((arg) => /\w\[.*(\$\(|`)/.test(arg ?? ''))
  )
    return 'it may evaluate an index';
  return args[0] === null && args.length > 1 && args.some((arg) => arg !== null && /[[`]|\$\(/.test(arg) && arg !== ']')
    ? unclear
    : null;
}

/** Prints; but `-v` and `%n` set a variable, and an index in an argument may hold a command. */
export function printfRule(args: readonly (string | null)[]): string | null {
  // Of texts nothing is calculated, whatever they are.
  if (/^(?!-)([^%…]|%%|%-?\d*[sc])*$/.test(args[0] ?? '-')) return null;
  if (args.some((arg) => arg === null)) return unclear;
  const odd = args.find((arg) => /^-v|\[[^\]]*(?:\$\(|`)/.test(arg ?? ''));
  if (odd !== undefined) return `the argument \`${odd ?? ''}\` is not known to only read`;
  const [format = '', ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (/%[^%a-zA-Z]*[hljztL]*n/.test((format ?? '').replaceAll('%%', ''))) return '`%n` sets a variable';
  return format?.includes('…') === true && rest.length > 0
    ? 'what its format asks for is only known when it runs'
    : null;
}

export function readNames(args: readonly (string | null)[]): string | null {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === null || arg === undefined) return unclear;
    if (/^-(d|n|t|u)$/.test(arg)) i++;
    else if (/^-r?s?$/.test(arg)) continue;
    else if (!/^(?!.*_proxy$)[a-z_][a-z0-9_]*$/.test(arg)) return `it may set \`${arg}\``;
  }
  return null;
}

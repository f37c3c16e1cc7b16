// Rules for commands that are known to only read: what their arguments must look like for that to hold. A rule sees the
// arguments as written; `null` stands for one that is only known when the command runs, and `…` for a part that is.

/** Why the command does not only read; null when it does. */
export type CommandRule = (args: readonly (string | null)[]) => string | null;

/** Whatever its arguments are, the command changes nothing. */
export const anything: CommandRule = () => null;

/** An argument that is only known at run time could be an option. */
export const unclear = 'an argument is only known when it runs and could be an option';

/** Every option must match; other arguments are free. Arguments known only at run time are not accepted. */
export function options(allowed: RegExp, withValue: RegExp = /^$/): CommandRule {
  return (args) => {
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (arg === null || arg === undefined) return unclear;
      if (arg === '--') return null;
      if (!arg.startsWith('-') || arg === '-') continue;
      if (withValue.test(arg)) i++;
      else if (!allowed.test(arg)) return `the option \`${arg}\` is not known to only read`;
    }
    return null;
  };
}

/** No option may match; other arguments are free. */
export function without(denied: RegExp): CommandRule {
  return (args) => {
    for (const arg of args) {
      if (arg === null) return unclear;
      if (denied.test(arg)) return `the argument \`${arg}\` is not known to only read`;
    }
    return null;
  };
}

/**
 * Long options that are denied, in every form that a program takes them in: whole, with a value, or as any beginning of the
 * name. `letters` are the short ones, wherever they stand among others.
 */
export function shortened(names: string, letters: string): RegExp {
  const beginnings = names.split(' ').map((name) => [...name].reduceRight((rest, char) => `${char}(${rest})?`, ''));
  return new RegExp(`^--(${beginnings.join('|')})(=|$)|^-[a-zA-Z]*${letters}`);
}

/** At most `most` arguments that are no options; options must match. */
export function atMost(most: number, allowed: RegExp, withValue: RegExp = /^$/): CommandRule {
  const rule = options(allowed, withValue);
  return (args) => {
    let plain = 0;
    let onlyPlain = false;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? '';
      if (!onlyPlain && arg === '--') onlyPlain = true;
      // A pattern may become several names.
      else if (onlyPlain || arg === '-' || !arg.startsWith('-')) plain += /[*?[]/.test(arg) ? most + 1 : 1;
      else if (withValue.test(arg)) i++;
    }
    return rule(args) ?? (plain > most ? 'it has an argument more than reading needs' : null);
  };
}

/** The first words must be one of these; options before them and denied arguments are not accepted. */
export function subcommands(
  allowed: RegExp,
  denied: RegExp,
  globalWithValue: RegExp = /^$/,
  globalFlag: RegExp = /^$/,
): CommandRule {
  return (args) => {
    const words: string[] = [];
    let beforeWords = true;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (arg === null || arg === undefined) return unclear;
      if (beforeWords && globalWithValue.test(arg)) i += arg.includes('=') ? 0 : 1;
      else if (beforeWords && globalFlag.test(arg)) continue;
      else if (denied.test(arg)) return `the argument \`${arg}\` is not known to only read`;
      else {
        if (beforeWords && arg.startsWith('-')) return `the option \`${arg}\` is not known to only read`;
        beforeWords = false;
        words.push(arg);
      }
    }
    const said = words.join(' ');
    return allowed.test(said) ? null : `\`${words.slice(0, 2).join(' ')}\` is not known to only read`;
  };
}

/** Only these options and words, whatever they are worth; anything else is not accepted. */
export function exactly(allowed: RegExp): CommandRule {
  return (args) => {
    const odd = args.find((arg) => arg === null || !allowed.test(arg));
    return odd === undefined ? null : odd === null ? unclear : `the argument \`${odd}\` is not known to only read`;
  };
}

/** One argument of this form at least, without which the program does more: it starts its server, or obeys its input. */
export function needing(needed: RegExp, why: string, rule: CommandRule): CommandRule {
  return (args) => (args.some((arg) => arg !== null && needed.test(arg)) ? rule(args) : why);
}

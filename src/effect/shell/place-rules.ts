// The rules of commands for which it matters where something lies: git and docker, which take settings from a folder, and
// python's reader of JSON.
import { atMost, subcommands, type CommandRule } from './command-rules.ts';
import { wordsOf } from './client-rules.ts';
import { isOwnPlace } from './odd-places.ts';

const gitRead =
  /^(log|show|status|diff|blame|rev-parse|ls-files|ls-tree|cat-file|describe|shortlog|rev-list|grep|merge-base|name-rev|count-objects|whatchanged)( |$)|^branch( (-a|-r|-v|-vv|--list|--all|--remotes|--show-current|--sort=\S+|--(no-)?(contains|merged) [\w./-]+))*$|^tag( (--sort=\S+|-n\d*|--(no-)?(contains|merged) [\w./-]+))*$|^tag( (-l|--list)( (?!-)[\w.*?/[\]-]+)?)?$|^remote( -v| show)?$|^stash list$|^reflog( show)?( -\d+| -n \d+)*$|^config (--get|--list|-l)( \w[\w.-]*)?$/;
const gitDenied =
  /^(--output|--ext-diff|--textconv|--open-files-in-pager|--exec|--upload-pack|--filters|--no-index)(=|$)|^--(ou|show-s|ext|textc|fil|open|exe|up)|^-[a-zA-Z]*O|^-o|%G/;

export const dockerRead =
  /^(ps|images|logs|inspect|stats|top|version|info|port|diff|history|events|search|(container|image|volume|network|node|service|stack|system|compose) (ls|list|ps|inspect|logs|df|info|top|images|history)|stack services)( |$)/;

const withoutFile = subcommands(dockerRead, /^(-H|--host|-c|--context|--config|--tls.*)(=|$)|^-H/);

/** `docker compose -f FILE logs`: which file says what there is, from a place that not everybody can write to. */
function withoutComposeFile(args: readonly (string | null)[]): readonly (string | null)[] {
  if (args[0] !== 'compose') return args;
  let from = 1;
  for (; ; from += 2) {
    const [option = '', value = ''] = [args[from] ?? '', args[from + 1] ?? ''];
    const fits = /^(-f|--file)$/.test(option) ? isOwnPlace(value) || /^\w[\w.-]*$/.test(value) : /^[\w-]+$/.test(value);
    if (!fits || !/^(-f|--file|-p|--project-name|--profile)$/.test(option)) break;
  }
  return ['compose', ...args.slice(from)];
}

/** `python3 -m json.tool [FILE]`; with a second name it writes one. What is not this is a program that is not read. */
export const jsonToolRule: CommandRule = (args) =>
  args[0] === '-m' && args[1] === 'json.tool'
    ? atMost(1, /^--(sort-keys|no-ensure-ascii|json-lines|compact|indent=\d+)$/)(args.slice(2))
    : 'what the program does is not known';

export const gitRule: CommandRule = (args) => {
  const isElsewhere = args[0] === '-C' && isOwnPlace(args[1] ?? '');
  const own = isElsewhere ? args.slice(2) : args;
  if (own[0] === 'ls-remote')
    return /^ls-remote( (--heads|--tags|--refs|-q|--quiet|-h|-t))*( (?!-)[\w-]+){0,2}$/.test(wordsOf(own))
      ? null
      : 'the address that it asks may run a command';
  return subcommands(gitRead, gitDenied, /^$/, /^--no-pager$/)(own);
};

export const dockerRule: CommandRule = (args) =>
  args[0] === 'search' && args.some((arg) => arg?.includes('…') !== false)
    ? 'what it looks for is only known when it runs'
    : withoutFile(withoutComposeFile(args));

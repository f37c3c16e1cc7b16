// Judges what a kubectl command may do, by its verb and options. A verb that is not known may be a plugin: unknown.
import type { Classification } from '../plan/index.ts';

/** Options that take the next word as their value, before or behind the verb. */
const takesValue =
  /^(-n|--namespace|--context|--cluster|-l|--selector|-o|--output|--field-selector|-c|--container|--tail|--since|--since-time|--sort-by|--request-timeout|-L|--label-columns|--limit-bytes|--for|--types|--timeout|--revision|--api-group|--verbs|--chunk-size|--max-log-requests|--subresource|--api-version|--raw|--as)$/;

/** Options without a value that a read may have. */
const plainOption =
  /^(-A|--all-namespaces|-p|--previous|--all-containers|-w|--watch|--watch-only|-f|--follow|--show-labels|--show-kind|--no-headers|--ignore-not-found|--timestamps|--prefix|--containers|--namespaced|--recursive|--client|--short|--show-events|--quiet|-q|--list|--minify|--use-protocol-buffers|--sum|--show-capacity)$/;

/** Outputs that read no file of this machine. */
const plainOutput =
  /^(json|yaml|wide|name|jsonpath=.*|jsonpath-as-json=.*|go-template=.*|template=.*|custom-columns=.*|plaintext(-openapiv2)?)$/s;

/** Addresses of the cluster itself that only tell; behind others a pod may answer, or a command run. */
const plainPath =
  /^\/((healthz|livez|readyz)(\/[\w-]+)*(\?verbose)?|metrics|version|openapi\/v\d|apis?(?!.*\/(proxy|exec|attach|portforward|secrets|token|eviction|binding)(\/|\?|$))(\/[\w.-]*\w)+(\?(limit|labelSelector|fieldSelector)=[\w.,=%-]+)?)$/;

const reads =
  /^(get|describe|logs|top (pods?|nodes?|po|no)|explain|version|api-resources|api-versions|cluster-info|events|wait|auth can-i|auth whoami|rollout (status|history)|config (view|get-contexts|current-context|get-clusters|get-users))( |$)/;
const writes =
  /^(apply|create|delete|edit|patch|replace|scale|autoscale|annotate|label|set|expose|run|drain|cordon|uncordon|taint|rollout (restart|undo|pause|resume)|exec|attach|cp|debug|certificate|config (set|set-context|set-cluster|set-credentials|unset|use-context|rename-context|delete-\w+)|auth reconcile)( |$)/;

/** The effect of a command's arguments. */
export function classifyKubectl(args: readonly string[]): Classification {
  const unknown = (because: string): Classification => ({ effect: 'unknown', because });
  const words: string[] = [];
  const options: (readonly [string, string])[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      const verdict = verdictOf(words);
      return verdict?.effect === 'write' ? verdict : unknown('it passes a command on');
    }
    if (!arg.startsWith('-') || arg === '-') words.push(arg);
    else if (takesValue.test(arg)) options.push([arg, args[++i] ?? '']);
    else {
      const glued = /^(-[nlocL])(?!-)(.+)$/s.exec(arg) ?? /^(--[a-z-]+)=(.*)$/s.exec(arg);
      options.push(glued ? [glued[1] ?? '', (glued[2] ?? '').replace(/^=/, '')] : [arg, '']);
    }
  }
  const verdict = verdictOf(words);
  if (verdict?.effect === 'write') return verdict;
  if (!verdict) return unknown(`\`${words[0] ?? ''}\` is not known to only read`);
  for (const [name, value] of options) {
    if (/^(-o|--output)$/.test(name)) {
      if (!plainOutput.test(value)) return unknown(`the output \`${value}\` is not known to only read`);
    } else if (name === '--raw') {
      if (!plainPath.test(value) || words[0] !== 'get')
        return unknown(`the address \`${value}\` is not known to only read`);
    } else if (name === '--as' && words[0] !== 'auth') return unknown('it acts as somebody else');
    else if (name === '-f' && words[0] !== 'logs') return unknown('`-f` reads a file or an address');
    else if (!takesValue.test(name) && !(plainOption.test(name) && /^(true|false)?$/.test(value)))
      return unknown(`the option \`${name}\` is not known to only read`);
  }
  if (words[0] === 'cluster-info' && words.length > 1) return unknown('`cluster-info dump` writes files');
  const shows = options.some(([name]) => /^(-o|--output)$/.test(name));
  if (words[0] === 'get' && shows && /(^|[ ,/])secrets?(\.|$|[ ,/])/i.test(words.slice(1).join(' ')))
    return unknown('it shows secrets');
  return verdict;
}

function verdictOf(words: readonly string[]): Classification | null {
  const verb = words.slice(0, 2).join(' ');
  const written = writes.exec(verb)?.[1];
  if (written !== undefined)
    return { effect: 'write', because: `\`kubectl ${written}\` changes the cluster or acts in it` };
  const read = reads.exec(verb)?.[1];
  return read === undefined ? null : { effect: 'read', because: `\`kubectl ${read}\` reads` };
}

// Conditions about what `kubectl get` lists: "any pod is not `Running`", "the node is NotReady", "the `STATUS` is `SyncFailed`", "no pods
// are found". Who is meant must be what the command lists, by the words of the command itself. Where the author says neither "any"
// nor "all", the guard asks that it be so of all the rows or of none: `same(…)`, and else a person decides.
import { celText, type Sentence, singular } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import type { Quantifier } from './row-quantifier.ts';
import { comparisonOf, comparisonWords, numberOf } from './infer-threshold.ts';
import type { ResultShape } from './scope.ts';
import type { Listing } from './shape-of-command.ts';
import { moodOf } from './status-mood.ts';

/** How a listing is read: kubectl's own table, or the rows that the kubernetes tool makes. */
export interface Form {
  readonly rows: string;
  readonly isTable: boolean;
  readonly listing: Listing;
  /** Words of the command in lower case: what names in a condition must be found in. */
  readonly command: readonly string[];
}

const because = 'the words are about what the command lists';
const back = '(?:returned|found|present|there|shown|listed|displayed)';
const be = '(?:is|are|was|were)';
const value = String.raw`(?<value>«[^«»]{1,60}»|< (?:none|pending) >|[A-Za-z][\w:-]*|\d+\/\d+)`;
const more = String.raw`(?<more>(?:(?: ,)?(?: or| ,) (?:«[^«»]{1,60}»|[A-Z][\w:-]+))*)`;
const name = String.raw`«[A-Za-z][\w()-]*»|[A-Z][A-Z0-9()-]+|[A-Z][a-z]+(?:[A-Z]\w*)+|status|state`;
const state = '(?:status|state|phase|condition)';

/** "the pod is not in `Pending` state". */
const stated = new RegExp(
  String.raw`^(?<who>.+?) (?:(?:still|currently) )?${be}(?<not> not|n't)?(?: still| currently)?(?: stuck)?(?: in)?(?: an?| the)?(?: ${state}(?: of)?)? ${value}${more}(?: ${state})?$`,
  'i',
);
/** "the pod does not have the status Running", "the pods show `Running`". */
const having = new RegExp(
  String.raw`^(?<who>.+?) (?:(?<not>(?:do|does)(?: not|n't)) (?:have|show|report)|has|have|shows?|reports?)(?: an?| the)?(?: ${state}(?: of| as)?| as)? ${value}${more}(?: ${state})?$`,
  'i',
);
/** "the status of the pod is not Running", "the STATUS column shows X", "its `READY` value is 0/1". */
const column = new RegExp(
  String.raw`^(?:the |its |their )?(?:values? (?:of|in) (?:the )?)?(?<column>${name})(?: column| field| value)?(?: (?:of|for) (?<who>.+?))? (?:${be}|shows?|says|reads|equals|=|==)(?<not> not| anything other than| something other than| other than|n't)?(?: in)? ${value}${more}(?: ${state})?$`,
  'i',
);
/** "the pod's status is not Running", "pod status is Pending". */
const owned = new RegExp(
  String.raw`^(?<who>.+?)(?:'s| reports?| shows?| has| have| with)?(?: an?| the)? (?<column>${name}) (?:${be}|shows?|says|reads|equals|=|==)(?<not> not| anything other than| something other than| other than|n't)?(?: in)? ${value}${more}$`,
  'i',
);
/** "there are pods in Pending state", "any pods with status `Error`". */
const there = new RegExp(
  String.raw`^(?:there ${be} |(?:you|we) (?:see|find|get) )?(?<who>(?:(?:any|some|no|one or more|at least one|an?) )?.+?) (?:that ${be} |which ${be} )?(?<not>not )?(?:in|with)(?: an?| the)?(?: ${state}(?: of)?)? ${value}${more}(?: ${state})?(?: ${be})?(?: ${back})?$`,
  'i',
);
const none = new RegExp(
  String.raw`^(?:there ${be} )?(?<who>no .+?)(?: exists?)?(?: ${be})?(?: ${back})?(?: (?:in|by) the (?:output|list|command))?$|^the list(?: of (?<all>.+?))? ${be} empty$`,
  'i',
);
const any = new RegExp(
  String.raw`^(?:there ${be} (?<who>(?:any |some |one or more )?.+?)|(?<listed>(?:any |some )?.+?) ${be} (?:returned|found|shown|listed|displayed))$`,
  'i',
);

/** "There is no external IP address", "the EXTERNAL-IP is missing". */
const without = new RegExp(
  String.raw`^(?:there ${be} no (?<none>[\w-]+(?: [\w-]+)?)(?: address)?|the (?<blank>«?[\w-]+(?: [\w-]+)?»?)(?: address)? ${be} (?:missing|empty|blank|pending))$`,
  'i',
);

/** "There are fewer than 3 pods", "more than 10 pods are listed": how many there are, of whatever state. */
const counted = new RegExp(
  String.raw`^(?:there ${be} )?(?<compare>${comparisonWords}) (?<number>#\d+) (?<who>[a-z][\w-]*(?: [a-z][\w-]*)?)(?: ${be} (?:returned|found|shown|listed|displayed))?$`,
);

/** The guard of a condition about the objects of a listing, or null. */
export function inferListing(sentence: Sentence): InferredGuard | null {
  const { shape, written: said, parentheses } = sentence;
  const written = said
    .replace(/«([A-Za-z]\w*) ?==? ?([\w/]+)»/g, '$1 = $2')
    .replace(/ (?:has|have) exited$/, ' is exited');
  const form = formOf(shape);
  if (!form || parentheses.length > 0) return null;
  const count = form.isTable ? 'table(text).size()' : 'rowCount';
  // The row of a service without endpoints is there all the same.
  const areRows = !/^endpoint(?:slice)?$/.test(form.listing.of) && form.listing.of !== 'ep';
  const many = counted.exec(sentence.plain)?.groups;
  const number = many && numberOf(sentence, many['number']);
  const sign = many && comparisonOf.get(many['compare'] ?? '');
  if (
    areRows &&
    many &&
    number !== null &&
    sign &&
    form.listing.named === null &&
    readWho(form, many['who'] ?? '') === 'bare'
  )
    return { cel: `${count} ${sign} ${number}`, because };
  const empty = none.exec(written)?.groups;
  if (areRows && empty && !/\b(?:in|with|not|running)\b/i.test(empty['who'] ?? '')) {
    const who = readWho(form, empty['who'] ?? `no ${empty['all'] ?? form.listing.things[0] ?? ''}`);
    if (who === 'none' && form.listing.named === null) return { cel: `${count} == 0`, because };
  }
  const filled = any.exec(written)?.groups;
  const listed = areRows && filled && readWho(form, filled['who'] ?? filled['listed'] ?? '');
  if (listed && form.listing.named === null && /^(?:some|bare)$/.test(listed)) return { cel: `${count} > 0`, because };
  const missing = without.exec(written)?.groups;
  const cells = / pending$/.test(written) ? "== '<pending>'" : "in ['', '<none>', '<pending>']";
  if (missing && form.isTable) {
    const said = (missing['none'] ?? missing['blank'] ?? '').replace(/[«»]/g, '').replace(/ /g, '-').toLowerCase();
    const cell = form.listing.columns.find((one) => one !== 'NAME' && one.toLowerCase() === said);
    if (cell !== undefined) return { cel: `same(listed(text).map(r, r[${celText(cell)}] ${cells}))`, because };
  }
  for (const pattern of [column, owned, there, stated, having]) {
    const groups = pattern.exec(written)?.groups;
    // "The PVC is not Bound" is said of what is listed, in capitals.
    if (pattern === column && form.listing.things.includes((groups?.['column'] ?? '').toLowerCase())) continue;
    // "The pod has failed" says what it did, "has `Failed`" what is printed.
    if (pattern === having && /^[a-z]/.test(groups?.['value'] ?? '')) continue;
    const cel = groups && readState(form, groups, pattern === there);
    if (cel) return { cel, because };
  }
  return null;
}

export function formOf({ members, printed, command }: ResultShape): Form | null {
  if (printed?.kind !== 'listing') return null;
  const isTable = !members.includes('rows');
  const words = (command ?? []).map((word) => word.toLowerCase());
  return { rows: isTable ? 'listed(text)' : 'rows', isTable, listing: printed, command: words };
}

/** Of those that the command picks by their phase the list says nothing about the others. */
export function picksByPhase({ command }: Form): boolean {
  return command.some((word) => word.includes('status.phase'));
}

/** What is said of any or of all is not meant of none; `listed` sees to it. */
export function notOfNone({ isTable }: Form, cel: string): string {
  return isTable ? cel : `rowCount == 0 ? ask('nothing is listed') : ${cel}`;
}

function readState(form: Form, groups: Readonly<Record<string, string | undefined>>, exists: boolean): string | null {
  const { listing } = form;
  if (picksByPhase(form)) return null;
  const who = groups['who'] === undefined ? 'bare' : readWho(form, groups['who']);
  if (who === null) return null;
  const values = [groups['value'] ?? '', ...(groups['more'] ?? '').split(/ ,? ?(?:or )?/).filter((one) => one !== '')];
  const told = values.map((one) => /^«(.*)»$/.exec(one)?.[1] ?? one.replace(/ /g, ''));
  const tests = values.map((one, at) => {
    const bare = told[at] ?? '';
    return groups['column'] === undefined || /^(?:status|state)$/.test(groups['column'])
      ? statusTest(form, bare, one.startsWith('«'), groups['column'] !== undefined)
      : columnTest(form, groups['column'].replace(/[«»]/g, ''), bare, one.startsWith('«'));
  });
  if (!tests.every((test) => test !== null)) return null;
  const holds = tests.join(' || ');
  const negated = groups['not'] !== undefined;
  const [only = ''] = tests;
  const fails = tests.length > 1 || /\|\||&&|\?/.test(holds) ? `!(${holds})` : (opposite(only) ?? `!${only}`);
  const isWell =
    listing.of === 'pod' &&
    told.some((word) => /^(?:running|ready)$/i.test(word)) &&
    !told.some((word) => /^completed$/i.test(word));
  const done = form.isTable ? 'r.STATUS' : 'r.status';
  // A pod that has done its work is neither running nor at fault.
  const begun = listing.of === 'pod' && told.some((word) => /^pending$/i.test(word));
  const test = (cel: string): string =>
    begun
      ? `${done} in ['ContainerCreating', 'PodInitializing'] ? ask('a pod is being started') : ${/\|\|/.test(cel) ? `(${cel})` : cel}`
      : isWell
        ? `${done} == 'Completed' ? ask('a pod is Completed') : ${/\|\|/.test(cel) ? `(${cel})` : cel}`
        : besideNear(form, told, cel);
  const guarded = (cel: string): string => notOfNone(form, cel);
  switch (who) {
    case 'some':
      return guarded(`${form.rows}.exists(r, ${test(negated ? fails : holds)})`);
    case 'none':
      return negated ? null : guarded(`!${form.rows}.exists(r, ${test(holds)})`);
    case 'every':
      return negated ? null : guarded(`${form.rows}.all(r, ${test(holds)})`);
    case 'not-every':
      return negated ? null : guarded(`${form.rows}.exists(r, ${test(fails)})`);
    case 'bare': {
      if (exists || (!negated && listing.named === null && told.every((word) => moodOf(word) === 'wrong')))
        return guarded(`${form.rows}.exists(r, ${test(negated ? fails : holds)})`);
      return `same(${form.rows}.map(r, ${test(negated ? fails : holds)}))`;
    }
  }
}

const determiners: readonly (readonly [RegExp, Quantifier])[] = [
  [/^(?:not all|not every)(?: of)?(?: the| these| those)? /, 'not-every'],
  [/^(?:none of|no) (?:the |these |those )?/, 'none'],
  [/^(?:at least one|one or more|any|some|one)(?: of)?(?: the| these| those| your)? /, 'some'],
  [/^(?:all|every|each)(?: of)?(?: the| these| those| your)? /, 'every'],
  [/^(?:an?) /, 'some'],
  [/^(?:the|this|that|these|those|your) /, 'bare'],
];

/** How many of the listed objects are meant; null when the words may mean others, or only some of them. */
export function readWho({ listing, command }: Form, words: string): Quantifier | null {
  let rest = `${words.trim()} `;
  let quantifier: Quantifier = 'bare';
  for (const [pattern, meaning] of determiners) {
    const lower = rest.toLowerCase();
    if (!pattern.test(lower)) continue;
    quantifier = meaning;
    if (/^(?:this|that|your) /.test(lower) && listing.named === null) return null;
    rest = rest.slice(pattern.exec(lower)?.[0].length ?? 0);
    break;
  }
  const parts = rest.trim().split(' ');
  const last = singular((parts.at(-1) ?? '').replace(/'s$/, '').toLowerCase());
  const isThing = listing.things.includes(last);
  const names = (isThing ? parts.slice(0, -1) : parts).map((part) => part.replace(/[«»]/g, '').toLowerCase());
  // "The network is degraded" may go without "operator", where the command names it and nothing else.
  if (!isThing && (listing.named === null || names.length !== 1 || names[0] !== listing.named.toLowerCase()))
    return null;
  if (names.length > 3) return null;
  return names.every((name) => isKind(listing, name) || isNamed(command, name)) ? quantifier : null;
}

/** "Persistent volume claim", "cluster operator", "machine config pool": the words of a kind before its last. */
function isKind({ of }: Listing, name: string): boolean {
  return (
    {
      claim: ['persistent', 'volume', 'persistentvolume'],
      volume: ['persistent'],
      operator: ['cluster'],
      pool: ['machine', 'config'],
    }[of]?.includes(name) ?? false
  );
}

/** A name that the command itself picks its objects by. */
function isNamed(command: readonly string[], name: string): boolean {
  return name.length > 2 && command.slice(2).some((word) => word.split(/[^a-z0-9.-]+/).includes(name));
}

/** Those that are said in small letters of the very word that is printed; "failed" and "in error" may be meant of more than one. */
const adjectives = new Set(
  `running pending ready terminating bound evicted active lost released available degraded progressing updated updating notready
  cordoned schedulingdisabled unschedulable crashloopbackoff imagepullbackoff errimagepull oomkilled containercreating`
    .trim()
    .split(/\s+/),
);

/** Those of them that are printed with capitals inside. */
const joined = ['CrashLoopBackOff', 'ImagePullBackOff', 'ErrImagePull', 'OOMKilled', 'ContainerCreating'];

/** One that restarts again and again, or is paused, is neither surely up nor surely down. */
export const isContainerUp =
  "r.STATUS.matches('^Restarting|Paused') ? ask('a container is restarting or paused') : r.STATUS.startsWith('Up')";

/** How `docker ps` says in what state a container is: `Up 3 hours (unhealthy)`, `Exited (1) 2 days ago`. */
const containerTests: ReadonlyMap<string, string> = new Map([
  ['running', isContainerUp],
  ['up', isContainerUp],
  ['exited', "r.STATUS.startsWith('Exited')"],
  ['restarting', "r.STATUS.startsWith('Restarting')"],
  ['paused', "r.STATUS.endsWith('(Paused)')"],
  ['unhealthy', "r.STATUS.endsWith('(unhealthy)')"],
  [
    'healthy',
    "r.STATUS.contains('healthy)') ? r.STATUS.endsWith('(healthy)') : ask('a container has no health check that has ended')",
  ],
]);

/** "is not running", "is in `Pending` state", as a test of the row `r`; null where it is no status of such an object. */
export function statusTest({ listing, isTable }: Form, word: string, quoted: boolean, said: boolean): string | null {
  const lower = word.toLowerCase();
  const cased = /^[A-Z][A-Za-z]+(?::[\w/]+)?$/.test(word);
  const printed = cased && (quoted || said || /[a-z][A-Z]|^(?:Error|Unknown|Completed)$/.test(word));
  if (!adjectives.has(lower) && !printed && listing.of !== 'container') return null;
  const exact = cased
    ? word
    : (joined.find((one) => one.toLowerCase() === lower) ?? word.charAt(0).toUpperCase() + lower.slice(1));
  const status = isTable ? 'r.STATUS' : 'r.status';
  switch (listing.of) {
    case 'node':
      if (!isTable) return { ready: 'r.ready', notready: '!r.ready' }[lower] ?? null;
      if (lower === 'ready') return "r.STATUS == 'Ready' || r.STATUS.startsWith('Ready,')";
      if (/^(?:cordoned|schedulingdisabled|unschedulable)$/.test(lower))
        return "r.STATUS.contains('SchedulingDisabled')";
      return lower === 'notready' ? "r.STATUS.startsWith('NotReady')" : null;
    case 'operator':
    case 'pool': {
      const names =
        listing.of === 'operator' ? ['available', 'progressing', 'degraded'] : ['updated', 'updating', 'degraded'];
      return isTable && names.includes(lower) && !said ? `bool(r.${lower.toUpperCase()})` : null;
    }
    case 'deployment':
    case 'statefulset':
      if (lower !== 'ready') return null;
      return isTable ? 'fraction(r.READY) == 1.0' : 'r.ready == r.desired';
    case 'pod':
      if (lower === 'ready') return isTable ? 'fraction(r.READY) == 1.0' : 'r.ready == r.containers';
      // "Failed" and "Succeeded" are phases, which are printed in other words.
      if (
        !/^(?:available|degraded|progressing|updated|updating|bound|released|lost|active|notready|failed|succeeded)$/.test(
          lower,
        )
      )
        return `${status} == ${celText(exact)}`;
      return null;
    case 'claim':
    case 'volume':
    case 'namespace': {
      const states =
        listing.of === 'namespace'
          ? /^(?:active|terminating)$/
          : /^(?:bound|pending|lost|available|released|failed|terminating)$/;
      return states.test(lower) ? `${status} == ${celText(exact)}` : null;
    }
    case 'container':
      return isTable ? (containerTests.get(lower) ?? null) : null;
    case 'job':
    case 'service':
    case 'replicaset':
    case 'daemonset':
      return null;
    default:
      // Of other kinds the status is said as one, and a table without it asks a person.
      return quoted && said && cased && isTable ? `r.STATUS == ${celText(exact)}` : null;
  }
}

/**
 * A pod whose first containers fail shows that with a mark before it, and an image that cannot be pulled in two words by turns: neither
 * is surely what is meant, and neither is surely not. The test of a row with these left to a person.
 */
export function besideNear({ listing, isTable }: Form, told: readonly string[], test: string): string {
  const states = told.map((state) => joined.find((one) => one.toLowerCase() === state.toLowerCase()) ?? state);
  const near = states.flatMap((state) => [
    ...(/BackOff$|^Err|^OOMKilled$/.test(state) ? [`Init:${state}`] : []),
    ...(state === 'ImagePullBackOff' ? ['ErrImagePull'] : state === 'ErrImagePull' ? ['ImagePullBackOff'] : []),
  ]);
  const others = near.filter((state) => !states.includes(state));
  if (listing.of !== 'pod' || !isTable || others.length === 0) return test;
  const whole = /\|\|/.test(test) ? `(${test})` : test;
  const [only = ''] = others;
  const is = others.length === 1 ? `== ${celText(only)}` : `in [${others.map(celText).join(', ')}]`;
  return `r.STATUS ${is} ? ask('a pod shows it in another way') : ${whole}`;
}

/** Names of columns that a value of another column may be compared with. */
const columnNames = /^(?:MINPODS|MAXPODS|REPLICAS|DESIRED|CURRENT|AVAILABLE|UP-TO-DATE|COMPLETIONS|TARGETS?|CAPACITY)$/;

/** "`READY` is 0/1", "DEGRADED is True": a cell of the table as it is printed. */
function columnTest({ listing, isTable }: Form, name: string, word: string, quoted: boolean): string | null {
  if (!isTable) return null;
  const known = listing.columns.includes(name);
  if (!known && !/^[A-Z][A-Z0-9()-]*$/.test(name)) return null;
  const boolean = /^(?:true|false)$/.exec(word)?.[0];
  if (boolean !== undefined && /^\w+$/.test(name)) return `${boolean === 'true' ? '' : '!'}bool(r.${name})`;
  if (!known && !quoted && !/^(?:True|False|\d+\/\d+|[A-Z]\w+)$/.test(word)) return null;
  if (!/^(?:[A-Z][\w:-]*|\d+\/\d+|<(?:none|pending|unknown)>)$/.test(word)) return null;
  // "REPLICAS equals MAXPODS" compares two columns.
  if (listing.columns.includes(word) || columnNames.test(word)) return null;
  if (!quoted && /^[A-Z][A-Z0-9-]{3,}$/.test(word)) return null;
  const cell = /^\w+$/.test(name) ? `r.${name}` : `r[${celText(name)}]`;
  return `${cell} == ${celText(word)}`;
}

function opposite(test: string): string | null {
  const [, left, right] = /^(\S+) == ([^|&]+)$/.exec(test) ?? [];
  return left === undefined || right === undefined ? null : `${left} != ${right}`;
}

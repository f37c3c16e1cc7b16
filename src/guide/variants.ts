// What a guide is followed on: a system, a cloud, a version, a tool, an environment, a time of the day. Where words side by side
// name two or more of one kind, only one of them holds for the reader.
import { remember } from '../base/index.ts';

/** `isBare`: the name alone is enough; the others need a word before them ("in staging"), because they also name what is looked at. */
const kinds: readonly { readonly name: string; readonly words: string; readonly isBare: boolean }[] = [
  {
    name: 'system',
    words: String.raw`(?:amazon\s+|oracle\s+|rocky\s+|alma\s?)?linux|windows|mac\s?os(?:\s?x)?|ubuntu|debian|rhel|red\s?hat|centos|fedora|suse|sles|alpine|freebsd|aix|solaris|unix`,
    isBare: true,
  },
  {
    name: 'cloud',
    words: String.raw`aws|amazon\s+web\s+services|ec2|eks|azure|aks|gcp|google\s+cloud(?:\s+platform)?|gke|on[-\s]?prem(?:ises?)?|openstack|vmware|vsphere|digital\s?ocean|bare[-\s]?metal|openshift|minikube|k3s`,
    isBare: true,
  },
  {
    name: 'runtime',
    words: String.raw`docker(?:[-\s](?:compose|swarm))?|kubernetes|k8s|systemd|podman|nomad`,
    isBare: true,
  },
  {
    name: 'tool',
    words: String.raw`(?:azure\s+|aws\s+)?(?:cli|portal)|(?:azure\s+)?powershell|bash|cmd|gcloud|terraform|command[-\s]line|rest\s+api`,
    isBare: true,
  },
  {
    name: 'version',
    words: String.raw`(?:[\p{L}-]+\s+){0,2}(?:(?:versions?\s+|v)\d+(?:\.[\dx]+)*|\d+(?:\.[\dx]+)*(?=\s+(?:and|or)\s))(?:\s+(?:and|or)\s+(?:later|newer|above|higher|up|older|earlier|below|lower)|\+)?|\d+\.x`,
    isBare: true,
  },
  {
    name: 'environment',
    words: String.raw`production|prod|staging|development|dev|test|qa|sandbox|pre-?prod(?:uction)?|uat`,
    isBare: false,
  },
  {
    name: 'time',
    words: String.raw`(?:(?:regular|normal|your|our)\s+)?(?:business|working|office|peak|work)\s+hours|(?:these|those|such)\s+hours|weekends?|week\s?days?|nights?|the\s+day|daytime|holidays?|off[-\s]hours`,
    isBare: false,
  },
];

const before = String.raw`(?:(?:only\s+)?(on|in|for|with|using|via|under|at|during|outside(?:\s+of)?|within|through|before|after|from|since|when\s+(?:running|using)(?:\s+(?:on|in|with))?)\s+)?(?:(?:the|an?|your|all|our)\s+)?`;
const behind = String.raw`(?:[-\s]+(?:based|servers?|hosts?|machines?|clusters?|environments?|systems?|nodes?|users?|deployments?|installations?|distributions?|accounts?|subscriptions?|workers?|agents?|instances?|databases?|or\s+(?:later|newer|older|earlier)))*`;
const patterns = kinds.map(({ name, words, isBare }) => ({
  name,
  isBare,
  whole: new RegExp(`^${before}(?:${words})(?:\\s*(?:/|,|&|\\bor\\b|\\band\\b)\\s*(?:${words}))*${behind}$`, 'iu'),
}));

const names = kinds.flatMap(({ name, words }) => (name === 'version' ? [] : [words])).join('|');
/** Whether any of their words may stand in a text. */
const mayName = new RegExp(`\\d|\\b(?:${names})`, 'iu');
/** How a sentence begins that may name one. */
const mayOpen = new RegExp(
  `^\\W*(?:(?:only|on|in|for|with|using|via|under|at|during|outside|within|through|before|after|from|since|when|the|an?|your|all|our)\\s|(?:${names})|[^,:.]{0,30}\\d)`,
  'iu',
);

/** The kind of variant that words name, and nothing else; null for others. "on Linux", "Azure CLI", "outside business hours" */
export const variantOf = remember((words: string): string | null => {
  const text = words.trim().replace(/[\s:.]+$/, '');
  if (text.length > 70 || !mayName.test(text)) return null;
  for (const { name, isBare, whole } of patterns) {
    const match = whole.exec(text);
    if (match && (isBare || match[1] !== undefined)) return name;
  }
  return null;
}, 500);

/** Two or more variants of one kind, each another. */
export function areVariants(texts: readonly string[]): boolean {
  const [first] = texts;
  const kind = first === undefined ? null : variantOf(first);
  if (kind === null || texts.length < 2) return false;
  return (
    texts.every((text) => variantOf(text) === kind) &&
    new Set(texts.map((text) => text.trim().toLowerCase())).size === texts.length
  );
}

const leading = /^\W*([\p{L}\d][^,:.;!?()]{1,60}?(?:\.[\dx]+)*)(?:\s*[,:]|\s+[–—-])(?=\s)/u;

/** "On Linux, run `ps`.", "Linux: `ps`": the words that name a variant and where the rest begins; null where there are none. */
export function variantBefore(
  plain: string,
): { readonly start: number; readonly words: string; readonly end: number } | null {
  const match = mayOpen.test(plain) ? leading.exec(plain) : null;
  const words = match?.[1];
  if (!match || words === undefined || variantOf(words) === null) return null;
  const rest = /^\s*/.exec(plain.slice(match[0].length))?.[0].length ?? 0;
  return { start: match[0].indexOf(words), words, end: match[0].length + rest };
}

const trailing = /^(.{3,}?)\s+(?:\(([^()]+)\)|((?:on|for|using|via|with|in)\s+.+)|[–—-]\s+(.+))$/iu;

/** "Restart it on Linux", "Restart it (Windows)": what is done, and on what; null for other titles. */
export function variantBehind(title: string): { readonly what: string; readonly words: string } | null {
  const [, what, inBrackets, said, dashed] = trailing.exec(title.trim()) ?? [];
  const words = inBrackets ?? said ?? dashed;
  return what !== undefined && words !== undefined && variantOf(words) !== null
    ? { what: what.toLowerCase(), words }
    : null;
}

// Words that a person reads, for parts of the extension that know no editor: reports, outputs, the debugger's console. The
// host says once how they are put into its language; until then, and in tests, they are English.

type Value = string | number;
type Translate = (message: string, ...values: Value[]) => string;

let translate: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));

/** Named as the editor's own, so that the bundle of messages is gathered from both alike. */
export const l10n = { t: (message: string, ...values: Value[]): string => translate(message, ...values) };

/** Puts words into the editor's language from here on. */
export function speakWith(next: Translate): void {
  translate = next;
}

const nouns = {
  row: [() => l10n.t('1 row'), (number: string) => l10n.t('{0} rows', number)],
  line: [() => l10n.t('1 more line'), (number: string) => l10n.t('{0} more lines', number)],
  path: [() => l10n.t('1 path'), (number: string) => l10n.t('{0} paths', number)],
  step: [() => l10n.t('1 step'), (number: string) => l10n.t('{0} steps', number)],
  action: [() => l10n.t('1 action'), (number: string) => l10n.t('{0} actions', number)],
  error: [() => l10n.t('1 error'), (number: string) => l10n.t('{0} errors', number)],
  query: [() => l10n.t('1 query'), (number: string) => l10n.t('{0} queries', number)],
} as const;

/** `1 row`, `6,072 rows`. */
export function count(number: number, noun: keyof typeof nouns): string {
  const [one, many] = nouns[noun];
  return number === 1 ? one() : many(number.toLocaleString('en-US'));
}

/** How a step, an action or a run stands, in a word; one that is not listed stays as it is. */
export function statusWord(status: string): string {
  switch (status) {
    case 'succeeded':
      return l10n.t('succeeded');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('skipped');
    case 'running':
      return l10n.t('running');
    case 'waiting':
      return l10n.t('waiting');
    case 'planned':
      return l10n.t('planned');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'resolved':
      return l10n.t('resolved');
    case 'mitigated':
      return l10n.t('mitigated');
    case 'escalated':
      return l10n.t('escalated');
    case 'completed':
      return l10n.t('completed');
    case 'not-applicable':
      return l10n.t('does not apply');
    default:
      return status;
  }
}

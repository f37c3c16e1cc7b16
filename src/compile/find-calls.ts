// The other guides that a step tells its reader to go through: "Follow [Restore the database](restore.md)." What only
// points to more to read ("see also …") is no call, and neither is a sentence whose condition was not read as an edge.
import type { Guide, Prose, Sentence } from '../guide/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { GuideCall } from '../plan/index.ts';
import type { Passage } from './draft.ts';
import { sourceOf } from './source.ts';

/** True when the words of a step send to another guide. */
export function callsGuide(passages: readonly Passage[]): boolean {
  return passages.some(({ sentence }) => placesIn(sentence).some((place) => isCall(sentence, place)));
}

/** In the order of the text; `actions` are the step's own. */
export function findCalls(guide: Guide, passages: readonly Passage[], actions: readonly unknown[]): GuideCall[] {
  return passages.flatMap(({ sentence, lastAction }) =>
    placesIn(sentence).flatMap((place): GuideCall[] => {
      const { start, end, target } = place;
      const parts = guideFile.exec(target);
      if (parts?.[1] === undefined || !isCall(sentence, place)) return [];
      return [
        {
          path: decode(parts[1]),
          ...(parts[2] !== undefined && parts[2] !== '' && { anchor: parts[2] }),
          title: sentence.prose.plain.slice(start, end).trim(),
          after: lastAction === null ? 0 : actions.indexOf(lastAction) + 1,
          source: sourceOf(guide, sourceSpan(sentence.prose, start, end)),
        },
      ];
    }),
  );
}

function isCall(sentence: Sentence, { start, target }: Place): boolean {
  const before = sentence.text.slice(0, Math.max(0, start - sentence.start));
  return guideFile.test(target) && sends.test(before) && !conditional.test(before);
}

const guideFile = /^(?!\w+:|\/\/|#)([^#?]+\.(?:md|markdown))(?:#(.*))?$/i;

/** What stands right before the name of the guide. */
const sends =
  /(?:^|[.:;,]\s*|\b(?:and|then|now|please|next|first|to|must|should)\s+|^\W*)(?:follow|run|execute|perform|complete|(?:go|work|run|walk) through|carry out|use|apply|proceed with|continue with)\s+(?:(?:all|each) of\s+)?(?:(?:the|our|this)\s+)?(?:(?:steps|procedure|instructions|process|guide|runbook|playbook|tsg|document)\s+(?:in|of|from|for|at|described in)\s+)?(?:the\s+)?(?:(?:guide|runbook|playbook|tsg|procedure)\s+)?["“'(]*$/i;

const conditional = /\b(?:if|when|whenever|unless|in case|in the event|until|while|otherwise|or)\b/i;

interface Place {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

/** Links of the sentence, and code that is the name of a guide's file. */
function placesIn({ prose, start, end, codes }: Sentence): Place[] {
  const links = prose.links.filter((link) => start <= link.start && link.end <= end);
  const names = codes.flatMap((code): Place[] => {
    const target = textOf(prose, code);
    const linked = links.some((link) => link.start <= code.start && code.end <= link.end);
    return !linked && /^(?:[\w.-]+\/|\.\.?\/)*[\w.-]+\.md$/.test(target) ? [{ ...code, target }] : [];
  });
  return [...links, ...names].sort((a, b) => a.start - b.start);
}

function textOf({ plain }: Prose, { start, end }: { readonly start: number; readonly end: number }): string {
  return plain.slice(start, end);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// step.passive: "the logs should be checked", and neither the sentence nor what stands next to it says by whom, where, and how.
import { sift, collect, countBelow, coverageOf, type Span, type Text } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan, textOf, type Sentence } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { passiveFormIn } from './passive-forms.ts';
import { bySection } from './scope.ts';

/** What every such sentence has: the whole pattern looks behind each "be". */
const mayBePassive = sift(
  /\bbe (?:\w+ly )?(?:\w+ed|found|told|brought in|kept|taken|dealt|re-?run|re-?built|reset|written)\b|\b(?:needs?|requires?|wants?) (?:\w+ing|verification|investigation|inspection|examination|attention)\b|\b(?:is|are) (?:needed|required|necessary)\b|\bbe looked\b|\bit is (?:also )?(?:necessary|important|advisable|recommended|essential|required|advised|suggested) to\b/i,
);
const passive =
  /\b((?:(?:(?:should|must|needs? to|has to|have to|ought to|shall|can|may|is to|are to)(?: also| then| first| always)? be|(?<=\b(?:recommend(?:ed)?|important|necessary|advis(?:ed|able)|essential|required|suggest(?:ed)?|make sure|ensure)\b[^.]{0,60} )be) (?:carefully |closely |manually |thoroughly )?(?:checked|verified|investigated|reviewed|monitored|analy[sz]ed|examined|inspected|looked (?:at|into)|validated|confirmed|tested|watched|assessed|evaluated|double-checked|audited|observed|tracked|ensured|ascertained|determined|collected|gathered|clarified|established|compared|figured out|found out|kept an eye on|taken care of|dealt with|identified|located|kept (?:informed|posted|up to date|in the loop)|informed|notified|contacted)|(?:should|must|needs? to|has to|have to|ought to)(?: also| then| first)? be (?:restarted|cleaned(?: up)?|cleared|scaled(?: up| down| out)?|increased|reduced|rotated|fixed|repaired|corrected|adjusted|tuned|refreshed|noted(?: down)?|recorded|written down|re-?run|re-?built|re-?created|re-?indexed|re-?balanced|re-?synced|re-?deployed|re-?started|reset|renewed|rebooted|rolled back|reverted|emptied|purged|flushed|drained|pruned|vacuumed|killed|terminated|cancell?ed|unblocked|unlocked|isolated|failed over|reclaimed|freed(?: up)?|resized|expanded|archived|requested|opened|raised|filed|told|asked|paged|warned|consulted|engaged|involved|brought in|looped in|documented|paused|rerouted|throttled)|(?:[Ff]urther|[Mm]ore|[Aa]dditional|[Dd]eeper|[Cc]loser|[Tt]horough) (?:investigation|analysis|verification|inspection|examination|review|checks?|tests?|troubleshooting|diagnosis) (?:is|are|may be|might be) (?:required|needed|necessary)(?! (?:to|if|when|for|because)\b)|(?:appropriate|proper|suitable|necessary|corrective) (?:measures|steps|actions?) (?:should|must|need to|have to|has to|needs to) be taken|(?:needs?|requires?|wants?) (?:checking|verifying|verification|investigating|investigation|reviewing|monitoring|testing|inspection|examination|attention|restarting|fixing|cleaning)|(?<=\b[Ii]t is (?:also )?)(?:necessary|important|advisable|recommended|essential|required|advised|suggested) to (?:carefully |also |first )?(?:check|verify|investigate|review|monitor|analy[sz]e|examine|inspect|validate|confirm|ensure|determine|make sure)))\b(?!\s+(?:by|via|using|through|from|in the|on the|as(?!\s+(?:well|soon)\b)))/i;
/** Somebody is to be told or asked, "with" whom is no means; and no code says it. */
const tells =
  /\b(?:informed|notified|contacted|requested|opened|raised|filed|told|asked|paged|warned|consulted|engaged|involved|brought in|looped in|kept (?:informed|posted|up to date|in the loop))$/i;
const ofPeople =
  /\bwith (?:the|our|your|their|its) (?:\w+ )?(?:provider|vendor|supplier|carrier|manufacturer|partner|support|team|owners?)\b/gi;
/** What code right above has shown. */
const shown =
  /\b(?:outputs?|results?|responses?|answers?|rows?|columns?|values?|numbers?|status|states?|lists?|it|this|that|these|those|they)\b/i;

export function checkPassiveAdvice(input: CheckInput): readonly Diagnostic[] {
  const found = passiveSentences(input);
  if (found.length === 0) return [];
  const code = codeSpans(input);
  const starts = code.map(({ start }) => start);
  const beside = ({ start, end }: Span): Beside => ({
    before: code[countBelow(starts, start) - 1],
    after: code[countBelow(starts, end)],
  });
  return collect(found, ({ sentence, words, start }) => {
    if (standsBy(textOf(input.guide), sentence, words, beside(sentence.prose.span))) return [];
    return [
      makeDiagnostic(
        'step.passive',
        sourceSpan(sentence.prose, start, start + words.length),
        `\`${words}\` does not say how.`,
        {
          hint: 'Say it as an order with its means: "Check the logs with …", and add the command, query or link.',
        },
      ),
    ];
  });
}

/** Those of sections that hold a step, or lie in one: what only explains speaks of what is and not of what to do. */
function passiveSentences(input: CheckInput): ReturnType<typeof passiveIn> {
  const found = passiveIn(input);
  if (found.length === 0) return found;
  const steps = collect(input.plan.nodes, ({ source }) => (source ? [source.span] : []));
  const starts = steps.map(({ start }) => start).sort((a, b) => a - b);
  const { covers } = coverageOf(steps);
  return found.filter(({ part, sentence: { span } }) => {
    const own = input.facts.ownSpan(part);
    return countBelow(starts, own.start) < countBelow(starts, own.end) || covers(span.start);
  });
}

/** Sentences that say themselves nothing of the means. */
const passiveIn = bySection((part) => {
  const sentences = part.sentences();
  return collect(sentences, (sentence, at) => {
    if (sentence.codes.length > 0) return [];
    const closed = mayBePassive.test(sentence.text) ? passive.exec(sentence.text) : null;
    const found = closed ? { words: closed[1] ?? '', index: closed.index } : passiveFormIn(sentence.text);
    if (!found || hasLink(sentence, sentences[at + 1])) return [];
    const { words, index } = found;
    // The words of a build may end in "through" or "with" themselves.
    const rest = sentence.text.slice(closed ? index : index + words.length).replace(/\bdealt with\b/gi, ' ');
    const means = tells.test(words) ? rest.replace(ofPeople, ' ') : rest;
    if (/\b(?:by|with|via|using|through|run|running|e\.g|such as|for example)\b/i.test(means)) return [];
    if (
      /(?::|\be\.g\.)\s*$/.test(sentence.text) ||
      /^(?:this|the)\s+(?:alert|alarm)\b(?! (?:rules?|polic|definitions?|config|thresholds?))/i.test(sentence.text)
    )
      return [];
    return [{ part, sentence, words, start: sentence.start + index }];
  });
});

/** A link in the sentence, or in the next one of its paragraph ("See [how]"), tells the means. */
function hasLink({ prose, start, end }: Sentence, next: Sentence | undefined): boolean {
  const to = next?.prose === prose ? next.end : end;
  return prose.links.some((link) => link.start < to && start < link.end);
}

const codeSpans = bySection(({ blocks }) =>
  collect(blocks, ({ block }) => (block.kind === 'code' || block.kind === 'plugin' ? [block.span] : [])),
);

/** The code before and after a paragraph, however far away. */
interface Beside {
  readonly before: Span | undefined;
  readonly after: Span | undefined;
}

/**
 * Code right after the paragraph may be the means when its last sentence announces nothing else; code right before it may have
 * been, where it has a word of the sentence or the sentence speaks of what it showed. A paragraph of this one sentence between two
 * blocks speaks for itself, and nobody is told anything by a command.
 */
function standsBy(text: Text, sentence: Sentence, verb: string, { before, after }: Beside): boolean {
  const { prose, span, text: said } = sentence;
  const paragraph = prose.span;
  const words = text.slice(paragraph.start, paragraph.end).trim();
  const alone = words.length <= span.end - span.start + 4;
  if (alone || tells.test(verb)) return false;
  const announced = words.endsWith(':') && !text.slice(span.start, span.end).trimEnd().endsWith(':');
  const isNext = (from: number, to: number): boolean => from <= to && text.slice(from, to).trim() === '';
  if (after && !announced && isNext(paragraph.end, after.start)) return true;
  return (
    before !== undefined &&
    isNext(before.end, paragraph.start) &&
    (shown.test(said.replace(/^it (?=.* that\b)/i, '')) || haveWord(said, text.slice(before.start, before.end)))
  );
}

/** One of the longer words of the sentence is in the code, whatever its ending. */
function haveWord(said: string, code: string): boolean {
  const inCode = code.toLowerCase();
  return (said.toLowerCase().match(/[a-z]{4,}/g) ?? []).some(
    (word) =>
      !/^(?:should|must|needs?|have|with|that|this|from|also|then|when|they|their|been|check\w*)$/.test(word) &&
      inCode.includes(word.replace(/(?:ies|e?s|ed|ing)$/, '').slice(0, 6)),
  );
}

// action.no-undo: a step that certainly changes something and says nothing of a way back. Also an undo that names nothing of
// what the step changes, as happens when it was copied.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { changeIn } from './dangerous-commands.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { firstDeed } from './first-deed.ts';
import { isOfAnotherKind, sharesKind } from './other-kind.ts';
import { byStep } from './scope.ts';

const speaks =
  /\b(?:undo|roll(?:ing|ed)?\s?-?back|revert\w*|restor\w+|re-?enabl\w+|back\s+up|backup|previous value)\b/i;

export function checkUndo(input: CheckInput): readonly Diagnostic[] {
  const told = new Set<PlanNode>();
  return collect(changes(input), ({ node, around, lead, id, span, isRestart }) => {
    const { undo, description } = node;
    if (undo !== undefined) return isUnrelated(node, undo) ? unrelated(node, input.facts) : [];
    if (node.safeToRepeat || around?.safeToRepeat === true || lead?.safeToRepeat === true) return [];
    if (speaks.test(description) || around?.undo !== undefined || lead?.undo !== undefined) return [];
    // The items that one approval holds for are taken back together.
    const whole = lead ?? node;
    if (told.has(whole)) return [];
    told.add(whole);
    return [
      makeDiagnostic('action.no-undo', span, `\`${id}\` changes something, and the step does not say how to undo it.`, {
        hint: isRestart
          ? 'Nothing takes a restart back: add "Safe to repeat.", or "Undo: …" with what to do if it does not come up.'
          : 'Add "Undo: …" to the step, or "Safe to repeat." where nothing can go wrong.',
      }),
    ];
  });
}

/** The first action of each step that changes something. */
const changes = byStep((node, _, { around, lead }) => {
  // Who asks for approval knows that it changes something, whatever the command is.
  const changing =
    node.actions.find((action) => changeIn(action) !== null) ??
    (lead?.needsApproval === true || /\bneeds\s+approval\b/i.test(node.description)
      ? node.actions.find(({ effect, code }) => effect !== 'read' && /\S/.test(code))
      : undefined);
  const place = changing && (changeIn(changing) ?? firstDeed(changing.code));
  if (!place) return [];
  const isRestart = /\brestart/i.test(changing.code.slice(place.start, place.end));
  return [{ node, around, lead, id: changing.id, span: codeSpan(changing, place), isRestart }];
});

/** None of the longer words of the undo is in the step's code, title or other words, and none says the reverse of one that is. */
function isUnrelated(given: PlanNode, undo: string): boolean {
  const { actions, title, description } = given;
  const known = new Set(
    `${title} ${description.replace(undo, ' ')} ${actions.map(({ code }) => code).join(' ')}`
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .match(/[a-z]{2,}/g) ?? [],
  );
  const words = (undo.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter(
    (word) => !/^(?:the|and|with|from|run|again|this|that|step|use|for|its|was|were|into|back|once|more)$/.test(word),
  );
  const stem = (word: string): string => word.slice(0, 5);
  const stems = new Set([...known].map(stem));
  return (
    words.length >= 2 &&
    words.every((word) => !stems.has(stem(word))) &&
    !/\b(?:nothing|not possible|cannot|impossible|none|no way|not needed|by (?:it|them)sel(?:f|ves)|automatically)\b/i.test(
      undo,
    ) &&
    words.filter((word) => !ofAny.test(word)).length >= 2 &&
    isOfOther(undo.toLowerCase(), actions.map(({ code }) => code.toLowerCase()).join('\n'), doneIn(given, undo))
  );
}

/** Its things are of another kind than what the code removes or makes, or it neither reverses the step nor speaks of things of its kind. */
function isOfOther(undo: string, code: string, done: string): boolean {
  return isOfAnotherKind(undo, code) || !(isReverse(undo, done) || sharesKind(undo, done));
}

function isReverse(said: string, done: string): boolean {
  return reverses.some(([one, other]) => (one.test(said) && other.test(done)) || (other.test(said) && one.test(done)));
}

/** The step's own words on what it does: "if errors stop" is what is looked for afterwards. */
function doneIn(
  { actions, title, description }: Pick<PlanNode, 'actions' | 'title' | 'description'>,
  undo: string,
): string {
  const sentences = description
    .replace(undo, ' ')
    .split(/(?<=[.!?:])\s+|\n+/)
    .filter(
      (sentence) =>
        !/^\W*(?:if|when|once|unless|until|wait|otherwise|else|verify|check|watch|make sure)\b/i.test(sentence),
    );
  return `${title} ${sentences.join(' ')} ${actions.map(({ code }) => code).join(' ')}`
    .replace(/([a-z])(?=[A-Z])/g, '$1 ')
    .toLowerCase();
}

/** What may be said of any change. */
const ofAny =
  /^(?:changes?|undo|undone|revert\w*|previous(?:ly)?|old|former|original(?:ly)?|before|values?|settings?|states?|same|commands?|reverse|inverse|opposite|manual(?:ly)?|above|below|version|backups?|snapshots?|roll\w*|safe|itself|itsel|by|automatic\w*|temporary|reversible|repeat\w*)$/;

/** Deeds and what takes them back. */
const reverses: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:re)?start/, /\bstop|\bshutdown|\bpoweroff|\bhalt|\bkill|\bterminat|\bend\b|\bcancel|\babort/],
  [/\b(?:re)?enabl/, /\bdisabl/],
  [/\badd/, /\b(?:remove|del|delete|drop)/],
  [/\b(?:re)?creat|\bnew\b|\binstall|\bapply/, /\b(?:remove|delete|drop|uninstall|destroy)/],
  [/\b(?:un|re)?(?:cordon|schedul)/, /\b(?:cordon|drain)/],
  [
    /\b(?:copy|copies|copied|restor|upload|bring|put|load|fill|import|replay)/,
    /\b(?:delet|del\b|remov|drop|purg|truncat|clean|flush)/,
  ],
  [/\b(?:re)?mount/, /\bu(?:n)?mount/],
  [/\b(?:re)?open/, /\bclos/],
  [/\b(?:re)?grant|\ballow|\bgive/, /\brevok|\bblock|\bden(?:y|ied)/],
  [/\b(?:re)?attach/, /\bdetach/],
  [/\b(?:un)?lock/, /\block/],
  [/\bunmask/, /\bmask/],
  [/\b(?:turn|switch)\b[^.]*\bon\b/, /\boff\b|\bdisabl|\bfalse\b/],
  [/\b(?:un)?paus|\bresum/, /\bpaus|\bsuspend/],
  [/\bfail/, /\bpromot|\bswitch/],
  [
    /\b(?:re)?deploy|\bupgrad|\bnewer|\broll(?:s|ing)? forward|\brelease/,
    /\broll\w*[ -]?back|\bdowngrad|\brevert|\bundo\b/,
  ],
  [/\bscal|\breplicas?|\bresiz|\bsize/, /\bscal|\breplicas?|\bresiz/],
];

function unrelated(node: PlanNode, facts: CheckInput['facts']): Diagnostic[] {
  const sentence = node.source
    ? facts.sentencesIn(node.source.span).find(({ text }) => /^undo\s*:/i.test(text))
    : undefined;
  if (!sentence) return [];
  return [
    makeDiagnostic('action.no-undo', sentence.span, 'This undo names nothing of what the step changes.', {
      hint: 'Say how to take back exactly what the code of this step does.',
    }),
  ];
}

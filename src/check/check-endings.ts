// step.no-ending: a guide that says of some endings what they mean, and simply stops after a step that it says nothing of. A
// guide that names no ending at all means its last step to be one.
import { collect } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { findNode, inputEdges, outputEdges, type NodeId, type Plan, type PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { sourceSpan, type Paragraph } from '../guide/index.ts';
import { changeIn } from './dangerous-commands.ts';
import { stepName } from './step-name.ts';

export function checkEndings(input: CheckInput): readonly Diagnostic[] {
  return [...stopped(input), ...runIntoOthers(input), ...casesThatStop(input)];
}

function stopped({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const endings = inputEdges(plan, 'end');
  if (!endings.some(({ source }) => source)) return [];
  const loops = new Set(plan.repeats.map(({ from }) => from));
  return collect(endings, ({ from, source, outcome, guard }) => {
    const node = findNode(plan, from);
    if (
      source ||
      loops.has(from) ||
      outcome !== 'completed' ||
      guard ||
      node?.kind !== 'step' ||
      !node.titleSource ||
      (node.description === '' && node.actions.length === 0)
    )
      return [];
    return [
      makeDiagnostic(
        'step.no-ending',
        node.titleSource.span,
        `The guide stops after \`${stepName(guide, node)}\` without saying how it ends.`,
        {
          hint: 'Add "This resolves the incident.", "Escalate to …" or "This ends the guide."',
        },
      ),
    ];
  });
}

/**
 * "**Arrived:** note the time." beside "**Not arrived:** escalate to the network team.", at the end of the guide: all other cases of a
 * list say where they lead, and this one simply stops.
 */
function casesThatStop({ plan, branches, facts }: CheckInput): readonly Diagnostic[] {
  const last = branches().filter(({ implied, next, node }) => implied && next === 'end' && node.source);
  return collect(last, ({ node }) => {
    const from = node.source?.span.start ?? 0;
    const to = node.source?.span.end ?? 0;
    const ways = [...plan.edges, ...plan.repeats].filter((way) => way.from === node.id);
    return collect(facts.blocks, ({ block }) => {
      if (block.kind !== 'list' || block.span.start < from || block.span.end > to || block.items.length < 2) return [];
      const silent = block.items.filter(
        ({ span }) =>
          !ways.some(({ source }) => source && source.span.start >= span.start && source.span.end <= span.end),
      );
      const [item, ...others] = silent;
      const [words, ...more] = item?.blocks ?? [];
      if (!item || others.length > 0 || words?.kind !== 'paragraph' || more.length > 0) return [];
      const isOfCases = block.items.every(({ blocks: [first] }) => first?.kind === 'paragraph' && labelled(first));
      const label = labelled(words);
      if (!isOfCases || label === null) return [];
      return [
        makeDiagnostic(
          'step.no-ending',
          sourceSpan(words.prose, 0, label.length),
          `The guide stops after \`${label}\` without saying how it ends, as the cases beside it do.`,
          { hint: 'Add "This resolves the incident.", "Escalate to …", "Go to …" or "This ends the guide."' },
        ),
      ];
    });
  });
}

/** The case that a paragraph begins with: "Yes", "Not arrived", before a colon or an arrow. */
function labelled({ prose }: Paragraph): string | null {
  const label = /^(?!(?:note|tip|hint|undo|verify|warning)\b)([^:→.?!]{1,60}?)\s*(?::|→|->|\s[–—])\s*\S/i.exec(
    prose.plain,
  );
  return label?.[1] ?? null;
}

/**
 * A step that says nothing of what comes next, so that it runs into the step behind it, which is another way of the same choice: told
 * where all the other ways say how they go on, and there are several of them; or where it changes something and the step behind it does
 * nothing but hand over. Of three ways or more it is told as a remark where the step behind it has a condition of its own. Else the ways
 * may well join there.
 */
function runIntoOthers({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const told = new Set<NodeId>();
  return collect(plan.nodes, (chooser) => {
    const ways = outputEdges(plan, chooser.id).filter(({ source, to }) => source && to !== 'end');
    const targets = [...new Set(ways.map(({ to }) => to))];
    if (targets.length < 2) return [];
    // What a condition asks for in its own sentence goes on behind it, as words do.
    const led = targets.filter(
      (id) => (findNode(plan, id)?.source?.span.start ?? 0) >= (chooser.source?.span.end ?? Infinity),
    );
    return collect(led, (id) => {
      const [on, ...others] = outputEdges(plan, id).filter(({ source }) => !source);
      if (!on || others.length > 0 || on.to === id || told.has(id)) return [];
      const count = outputEdges(plan, id).length;
      const isWhole = count === 1 && on.condition === null;
      const node = findNode(plan, id);
      const next = findNode(plan, on.to);
      if (!targets.includes(on.to) || !node?.titleSource || !next || plan.repeats.some(({ from }) => from === id))
        return [];
      // What the undo does again says nothing of what comes next.
      const own = `${node.title} ${node.description.replace(node.undo ?? '', ' ')}`;
      if (/\b(?:again|repeat|retry|redo|once more)\b/i.test(own)) return [];
      const rest = targets.filter((other) => other !== id);
      if (rest.some((other) => other !== on.to && goesOnAt(plan, other, on.to))) return [];
      const allSay = rest.every((other) => saysHow(plan, other));
      const changes = node.undo !== undefined || node.actions.some((action) => changeIn(action) !== null);
      const isForgotten = isWhole && allSay && (rest.length > 1 || (changes && handsOver(plan, next)));
      // One of several cases, each with a step of its own: who was led to this one was not meant to do the next.
      // Two conditions of a step may well leave nothing else.
      const isUnclear =
        targets.length > 2 && count <= 2 && ways.every(({ to, guard }) => to !== on.to || guard?.kind !== 'else');
      if (!isForgotten && !isUnclear) return [];
      if (inputEdges(plan, on.to).some(({ source, from }) => !source && from !== id)) return [];
      told.add(id);
      const [name, other] = [stepName(guide, node), stepName(guide, next)];
      const message = isWhole
        ? `\`${name}\` says nothing of what comes next, so \`${other}\` follows, which is another way of the same choice.`
        : `\`${name}\` says nothing of what comes next otherwise, so \`${other}\` follows, which is another way of the same choice.`;
      return [
        makeDiagnostic('step.no-ending', node.titleSource.span, message, {
          ...(!isForgotten && { severity: 'information' as const }),
          hint: 'Add "Go to …", "This resolves the incident.", "Escalate to …" or "This ends the guide."',
        }),
      ];
    });
  });
}

/** Its words lead there in any case: the ways join there. */
function goesOnAt(plan: Plan, id: NodeId, place: NodeId): boolean {
  return outputEdges(plan, id).some(({ source, condition, to }) => source && condition === null && to === place);
}

/** Every way out of it is in its words. */
function saysHow(plan: Plan, id: NodeId): boolean {
  const ways = outputEdges(plan, id);
  return ways.length > 0 && ways.every(({ source }) => source !== undefined);
}

/** It does nothing but tell somebody else. */
function handsOver(plan: Plan, { id, actions }: PlanNode): boolean {
  const [only, ...others] = outputEdges(plan, id);
  return actions.length === 0 && others.length === 0 && only?.to === 'end' && only.outcome === 'escalated';
}

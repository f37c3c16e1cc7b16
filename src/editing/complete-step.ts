// Completion of where a sentence leads: steps after "go to", headings inside a link.
import type { Completion } from './completion.ts';
import type { Analysis } from './analyze.ts';
import { headingAnchors } from './anchors.ts';
import { nodeAt } from './places.ts';
import { stepReference, writtenSteps } from './step-names.ts';

const motion =
  /\b(?:(?:go|proceed|continue|skip|jump|move|advance|return|head|switch|loop)(?:\s+(?:back|on|ahead|directly|straight|now|then|again))*\s+(?:to|with|at|from)|repeat|redo|restart\s+(?:from|at)|resume\s+(?:from|at|with)|retry\s+from|start\s+(?:with|from|at))\s+(?:the\s+)?((?:s(?:t(?:ep?)?)?|p(?:h(?:a(?:se?)?)?)?)?|(?:step|phase|stage|section)s?\s+[\w.]{0,12}|[\d.]{1,8})$/i;
const worded = /(?:^|[\s(])((?:steps?|phase|stage)\s+[\d.]{0,8}\w?)$/i;

/** Steps, where the words before the cursor ask for one; the next ones first. */
export function completeStep(paragraph: string, offset: number, analysis: Analysis, at: number): Completion[] {
  const link = /\]\(#([\w%-]*)$/.exec(paragraph);
  if (link) {
    const span = { start: offset - (link[1] ?? '').length - 1, end: offset };
    return headingAnchors(analysis.guide).map(({ heading, anchor }) => ({
      kind: 'anchor',
      label: `#${anchor}`,
      detail: heading.prose.plain,
      insert: `#${anchor}`,
      span,
    }));
  }
  const begun = motion.exec(paragraph)?.[1] ?? worded.exec(paragraph)?.[1];
  if (begun === undefined) return [];
  const span = { start: offset - begun.length, end: offset };
  const { plan } = analysis;
  const written = writtenSteps(analysis);
  const steps = plan.nodes.filter(({ id }) => (written.get(id)?.kind ?? 'passage') !== 'passage');
  const inside = nodeAt(plan, at);
  const here = steps.find(({ id }) => id === written.get(inside?.id ?? '')?.owner);
  const from = here ? steps.indexOf(here) : -1;
  const inOrder = [...steps.slice(from + 1), ...steps.slice(0, Math.max(0, from)), ...(here ? [here] : [])];
  return inOrder.map((node) => {
    const insert = stepReference(analysis, node);
    const detail = node === here ? `${node.title} (this step)` : node.title;
    return { kind: 'step', label: insert, detail, insert, filter: `${insert} ${node.title}`, span };
  });
}

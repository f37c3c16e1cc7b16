// Which lists of parameters are the guide's own. A reference of functions or commands has a list of parameters below each of them:
// those are what a call takes, and nobody is asked for them in a run.
import type { CheckInput } from './check.ts';

/** `resolve(request[, options])`, `--flag`: the name of something that is called. */
const signature = /[\w$\])]\s?\([^()]*\)|^\s*`?--?\w/;

/** Tells of a place in a list of parameters whether the list is the guide's. Front matter always is. */
export function parametersOfGuide({ guide, plan, facts }: CheckInput): (offset: number) => boolean {
  const { span: front, parameters: inFront } = guide.frontMatter;
  const inText = plan.guide.parameters.flatMap(({ origin, source }) =>
    origin === 'declared' && source && !inFront.some(({ span }) => span.start === source.span.start)
      ? [source.span.start]
      : [],
  );
  const sections = new Set(inText.map((offset) => facts.sectionAt(offset).section));
  return (offset) => {
    if (front && offset < front.end) return true;
    const { headings } = facts.sectionAt(offset);
    return sections.size < 2 && !headings.some(({ prose }) => signature.test(prose.plain));
  };
}

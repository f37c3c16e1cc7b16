// step.title: a step whose title is missing or would fit any step: "Step 3", "Check", "Investigate further".
import { collect, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

const general =
  /^(?:(?:check|checks|checking|verify|verification|investigate|investigation|analy[sz]e|analysis|look|action|actions|step|steps|misc|miscellaneous|other|others|various|stuff|things?|to-?do|tbd|next|continue|fix|more|further|general|do|it|this|that|something|everything|the issue|the problem|details?|info|information|perform|execute|resolve|resolution|solution|handle|process|proceed|troubleshoot(?:ing)?|finally|lastly|afterwards|first|second|third|fourth|another|additional|extra|initial|last|final|basic|quick|one|two|three|four|five|six|debug(?:ging)?|validat(?:e|ion)|follow-?up|wrap-?up|work|tasks?|procedure)\b[\s,.:;-]*){1,3}$/i;

/** Titles that say nothing even of a section without a number; "Investigation" and "Verification" are sections of many guides. */
const empty = /^(?:misc|miscellaneous|stuff|things?|various|to-?do|tbd|something|untitled|new (?:section|step))$/i;

export function checkTitles({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  return collect(plan.nodes, ({ source, titleSource, title: name }) => {
    const heading = source && facts.sectionAt(source.span.start).section.heading;
    if (!source || !titleSource) return [];
    if (heading?.span.start !== source.span.start) {
      // "2. **Verify.**", "**Step 2: Verify**": a numbered item or paragraph whose name is set apart.
      const before = textOf(guide).slice(source.span.start, titleSource.span.end);
      if (
        !/^(?:\d{1,3}[.)][ \t]+(?:\*\*|__)|(?:\*\*|__)(?:step|phase|stage|task)[ \t]+\d)/i.test(before) ||
        !general.test(name)
      )
        return [];
      return [vague(titleSource.span, `\`${name}\` would fit any step.`)];
    }
    const title = bare(heading.title);
    const isNumbered = heading.number !== null || heading.word !== null || title !== heading.title.trim();
    if (isNumbered ? title !== '' && !general.test(title) : !empty.test(title)) return [];
    return [
      vague(
        titleSource.span,
        title === '' ? `\`${heading.prose.plain}\` has a number and no name.` : `\`${title}\` would fit any step.`,
      ),
    ];
  });
}

/** The name behind a number or letter that is none of the guide's own numbers: "3 Resolution", "Step B: Continue". */
function bare(title: string): string {
  return title
    .trim()
    .replace(
      /^(?:\d{1,2}(?:\.\d{1,2})?[ \t]+(?=\p{Lu})|(?:step|phase|stage|task)[ \t]+(?:[A-Z]|one|two|three|four|five|six)[ \t]*[:.)–—-][ \t]*)/iu,
      '',
    );
}

function vague(span: Span, message: string): Diagnostic {
  return makeDiagnostic('step.title', span, message, {
    hint: 'Say what is looked at or done, as in "Check the error rate".',
  });
}

// step.title: a step whose title is missing or would fit any step: "Step 3", "Check", "Investigate further".
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perStep } from './scope.ts';

const general =
  /^(?:(?:check|checks|verify|verification|investigate|investigation|analy[sz]e|analysis|look|action|actions|step|steps|misc|miscellaneous|other|others|various|stuff|things?|to-?do|tbd|next|continue|fix|more|further|general|do|it|this|that|something|everything|the issue|the problem|details?|info|information|perform|execute|resolve|resolution|solution|handle|process|proceed|troubleshoot(?:ing)?|finally|lastly|afterwards)\b[\s,.:;-]*){1,3}$/i;

/** Titles that say nothing even of a section without a number; "Investigation" and "Verification" are sections of many guides. */
const empty = /^(?:misc|miscellaneous|stuff|things?|various|to-?do|tbd|something|untitled|new (?:section|step))$/i;

export const checkTitles = perStep(({ source, titleSource }, _, { place }) => {
  const heading = place?.section.heading;
  if (!heading || heading.span.start !== source?.span.start || !titleSource) return [];
  const title = heading.title.trim();
  const isNumbered = heading.number !== null || heading.word !== null;
  if (isNumbered ? title !== '' && !general.test(title) : !empty.test(title)) return [];
  return [
    makeDiagnostic(
      'step.title',
      titleSource.span,
      title === '' ? `\`${heading.prose.plain}\` has a number and no name.` : `\`${title}\` would fit any step.`,
      {
        hint: 'Say what is looked at or done, as in "Check the error rate".',
      },
    ),
  ];
});

// threshold.mismatch for how old things must be: "remove files older than 7 days" where the command has `-mtime +2`. Told where the step has
// one such age in its code and one in its words; `-mtime +6` is what is older than six days and what is seven days old.
import { allMatches, collect, sift } from '../base/index.ts';
import { numeralOf, sourceSpan } from '../guide/index.ts';
import { mismatch } from './check-thresholds.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perStep } from './scope.ts';
import { secondsOf } from './time-windows.ts';

const inCode = sift(
  /-([acm])(time|min)\s+\+(\d+)\b|--vacuum-time=(\d+)(s|min|m|h|d|days?|w|weeks?)\b|-lt\s+\(?\(?Get-Date\)?\.Add(Minute|Hour|Day)s\(-(\d+)\)/gi,
);
const inWords =
  /\bolder than\s+(?:the last\s+)?(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|an?)\s+(minutes?|hours?|days?|weeks?)\b/gi;

/** An age with the step of it that still counts as the same, in seconds. */
interface Age {
  readonly seconds: number;
  readonly grain: number;
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

export const checkAges = perStep(({ description, actions }, sentences) => {
  if (!/\bolder than\b/i.test(description)) return [];
  const ages = collect(actions, (action) => agesIn(action.code).map((age) => ({ action, age })));
  const [only, ...others] = ages;
  if (!only || others.some(({ age }) => age.seconds !== only.age.seconds)) return [];
  const { action, age } = only;
  const said = collect(sentences, (sentence) =>
    /^\W*(?:if|when|unless|verify|otherwise)\b/i.test(sentence.text)
      ? []
      : allMatches(sentence.text, inWords).map((found) => ({ sentence, found })),
  );
  const [first, ...more] = said;
  if (!first || more.length > 0) return [];
  const { sentence, found } = first;
  const [written, amount = '', unit = ''] = found;
  const seconds = (/^an?$/i.test(amount) ? 1 : Number(numeralOf(amount))) * secondsOf(unit);
  if (!(seconds > 0) || seconds === age.seconds || seconds === age.seconds + age.grain) return [];
  const at = sentence.start + found.index;
  const message = `The text says \`${written}\`, but the command has \`${age.written}\`.`;
  return [mismatch(sourceSpan(sentence.prose, at, at + written.length), message, [codeSpan(action, age)])];
});

function agesIn(code: string): readonly Age[] {
  return allMatches(code, inCode).map((found) => {
    const [written, , time, days = '', vacuum = '', unit = '', part = '', count = ''] = found;
    const place = { written, start: found.index, end: found.index + written.length };
    if (time !== undefined) {
      const grain = secondsOf(/^time$/i.test(time) ? 'd' : 'm');
      return { ...place, seconds: Number(days) * grain, grain };
    }
    const seconds = vacuum === '' ? Number(count) * secondsOf(part) : Number(vacuum) * secondsOf(unit);
    return { ...place, seconds, grain: 0 };
  });
}

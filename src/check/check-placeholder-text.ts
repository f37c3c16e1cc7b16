// text.unfinished: TODO, TBD, FIXME, lorem ipsum: a place that the author meant to come back to.
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import { perSection } from './scope.ts';

const unfinished = /(?<![\w`"'/-])(?:TODO|TBD|FIXME|XXX|TBC)(?![\w`"'-])|\blorem ipsum\b/;

export const checkPlaceholderText = perSection(({ proses }) =>
  proses.flatMap(({ prose }) => {
    const found = unfinished.exec(prose.plain);
    if (!found || prose.codes.some(({ start, end }) => start <= found.index && found.index < end)) return [];
    const span = sourceSpan(prose, found.index, found.index + found[0].length);
    return [
      makeDiagnostic('text.unfinished', span, `\`${found[0]}\` marks a place that is not written yet.`, {
        hint: 'Write it, or remove it.',
      }),
    ];
  }),
);

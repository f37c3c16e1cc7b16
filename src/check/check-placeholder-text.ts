// text.unfinished: TODO, TBD, FIXME, lorem ipsum: a place that the author meant to come back to.
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import { perSection } from './scope.ts';

const marked =
  /(?<![\w`"'/-])(?:TODO|TBD|TBA|FIXME|XXX|TBC)(?![\w`"'-]|\s+(?:tests?|lists?|items?|comments?|apps?|entries)\b)|(?<=[(:–—-]\s{0,2})(?:tbd|tba|tbc)(?=[\s).,;]|$)|(?<=\b(?:is|are|be|still) )(?:tbd|tba|tbc)(?=[.,;)]|$)|(?<=[[(])[Tt]o be (?:written|filled in|added|documented|done|completed|determined|decided|defined)\b(?=[^\])\n]{0,60}[\])])|\b[Ll]orem ipsum\b|^(?:[Cc]oming soon|[Uu]nder construction|[Ww]ork in progress)(?=\s*[:.–—-])|(?<=^|[.!?]\s)To be (?:written|filled in|documented|completed|determined|decided|defined)(?=[.!…]*(?:\s|$))|(?<![\w?])\?{3,}(?!\w)|\b[Tt]h(?:is|e) (?:section|page|step|part|chapter|guide|runbook|procedure) (?:is (?:not yet|still to be) (?:written|documented|completed)|is not (?:written|documented) yet|(?:still )?(?:needs|has) to be (?:written|documented))\b|(?<=[[(<])(?:fill (?:me |this )?in|insert|put|write|add)\s[^\])>\n]{1,60}?\bhere(?=[\])>])|(?<=[[<])(?:describe|explain|document)\s[^\])>\n]{3,60}(?=[\])>])/;
/** What marks a place only when it stands alone. */
const alone =
  /^[[(<*_ ]*(?:to be (?:written|filled in|added|documented|done|completed|determined|decided|defined)|coming soon|fill (?:me |this )?in|under construction|work in progress|wip|to[ -]do|(?:describe|add|insert|write|document|explain)\b[^.\n]{1,60}\bhere|placeholder|\.\.\.|…|\?{2,})[\])>*_ .!…]*$/i;

/** What both have in any case, which is found sooner. */
const mayBe =
  /to[ -]do|todo|tb[dac]|fixme|xxx|lorem|coming|under construction|in progress|\bwip\b|to be |\?\?|here\b|placeholder|\.\.|fill |…|written|documented|[[<(](?:describe|explain|document)/i;

export const checkPlaceholderText = perSection(({ proses }) =>
  proses.flatMap(({ prose }) => {
    if (!mayBe.test(prose.plain)) return [];
    const found = alone.exec(prose.plain) ?? marked.exec(prose.plain);
    if (!found || prose.codes.some(({ start, end }) => start <= found.index && found.index < end)) return [];
    const span = sourceSpan(prose, found.index, found.index + found[0].length);
    return [
      makeDiagnostic('text.unfinished', span, `\`${found[0]}\` marks a place that is not written yet.`, {
        hint: 'Write it, or remove it.',
      }),
    ];
  }),
);

// text.unfinished: TODO, TBD, FIXME, lorem ipsum: a place that the author meant to come back to.
import { sift } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import { perSection } from './scope.ts';

const marked =
  /(?<![\w`"'/-])(?:TODO|TBD|TBA|FIXME|XXX|TBC)(?![\w`"'-]|\s+(?:tests?|lists?|items?|comments?|apps?|entries)\b)|(?<=[(:–—-]\s{0,2})(?:tbd|tba|tbc)(?=[\s).,;]|$)|(?<=\b(?:is|are|be|still) )(?:tbd|tba|tbc)(?=[.,;)]|$)|(?<=[[(](?:[^\])\n]{0,40}[?:;,.–—-] ?)?)[Tt]o be (?:written|filled in|added|documented|done|completed|determined|decided|defined|confirmed|clarified|specified|agreed|announced|provided|supplied)\b(?=[^\])\n]{0,60}[\])])|\b[Ll]orem ipsum\b|^(?:[Cc]oming soon|[Uu]nder construction|[Ww]ork in progress)(?=\s*[:.–—-])|(?<=\w:\s{1,2}|[–—]\s)to be (?:written|filled in|added|documented|determined|decided|defined|confirmed|clarified|specified|announced)(?=[.!]?\s*$)|(?<=[[(](?:(?:[Mm]ore|[Ff]urther) )?)(?:[Ll]inks?|[Dd]etails?|[Ss]creenshots?|[Pp]ictures?|[Dd]ashboards?|[Qq]uer(?:y|ies)|[Cc]ommands?|[Tt]ext|[Ss]teps?|[Nn]umbers?|[Nn]ames?|[Oo]wners?) (?:to follow|to come|follows?|missing|needed|(?:is |are )?unknown)(?=\.?[\])])|(?<=^|[.!?]\s)(?:(?:[Mm]ore|[Ff]urther|[Aa]ll) )?(?:[Dd]etails|[Ss]teps|[Mm]ore|[Ss]creenshots?|[Dd]ocumentation|[Ii]nstructions) (?:to follow|to come|will follow|are missing|is missing)(?=[.!…]*\s*$)|(?<=^|[.!?]\s)(?:[Ff]ill in|[Ii]nsert|[Pp]ut|[Ww]rite|[Aa]dd|[Pp]aste) [^.!?\n]{2,40} here(?=[.!]?\s*$)|(?<=[[<])(?:insert|add|fill in|paste)\s(?!(?:your|the name)\b)[^\])>\n]{2,40}(?=[\])>])|(?<=^|[.!?]\s)(?:[Ss]till )?[Nn]eeds? (?:to be (?:written|documented|finished|completed|fleshed out)|(?:some )?(?:more|further) (?:details?|work|explanation|documentation))(?=[.!]?\s*$)|(?<=^|[.!?]\s)[Nn]ot (?:yet (?:written|documented|finished)|(?:written|documented|finished) yet)(?=[.!]?\s*$)|(?<![\w`"'/-])TO[ -]DO(?=\s*:)|(?<=^|[.!?]\s)To be (?:written|filled in|documented|completed|determined|decided|defined)(?=[.!…]*(?:\s|$))|(?<![\w?])\?{3,}(?!\w)|\b[Tt]h(?:is|e) (?:section|page|step|part|chapter|guide|runbook|procedure) (?:is (?:not yet|still to be) (?:written|documented|completed|finished)|is (?:not (?:written|documented|finished|complete) yet|unfinished|incomplete|not finished|not (?:yet )?complete)|(?:still )?(?:needs|has) to be (?:written|documented))\b|(?<=[[(<])(?:fill (?:me |this )?in|insert|put|write|add)\s[^\])>\n]{1,60}?\bhere(?=[\])>])|(?<=[[<])(?:describe|explain|document)\s[^\])>\n]{3,60}(?=[\])>])|(?<=\()(?:add|insert|attach|include|paste)\s(?:an? |the |more |some )?(?:links?|urls?|screenshots?|pictures?|images?|diagrams?|examples?|commands?|quer(?:y|ies)|details?|steps?|names?|numbers?|owners?)(?=\))|(?<=[[(][^\])\n]{0,30}\b)WIP\b(?=[^\])\n]{0,30}[\])])|(?<![\w`"'/-])X{2,3}(?=\s?(?:%|(?:ms|[KMGT]B|percent|seconds?|minutes?|hours?|days?|errors?|messages?|requests?|pods?|replicas?)\b))|(?<=[[(<])(?:(?!(?:[Ss]ee|[Ll]ook|[Ff]ind|[Cc]lick|[Tt]he|is|are|at|in)\b)[A-Za-z]+ ){0,3}(?:[Nn]ames?|[Ll]inks?|URL|[Uu]rl|[Nn]umbers?|[Aa]ddress|[Oo]wners?|[Tt]eams?|[Cc]ontacts?|[Cc]hannel|[Pp]aths?|[Cc]ommands?|[Qq]uer(?:y|ies)|[Dd]ates?|[Vv]ersion|[Vv]alues?|[Ee]mail|[Dd]etails?|[Ss]creenshots?|[Tt]ext|[Ss]teps?|[Tt]hreshold|[Pp]hone|[Dd]ashboards?|[Tt]icket) (?:goes |go |comes )?here(?=[\])>])|(?<=[[(<])PLACEHOLDER\b(?=[^\])>\n]{0,80}[\])>])|(?<=\[)(?:LINK|URL|SCREENSHOT|IMAGE|DIAGRAM|DASHBOARD)(?: HERE)?(?=\](?!\())/;
/** A question that nobody has answered: "(link?)", "(which team?)". */
const asked =
  /(?<=[[(])(?:(?:add |check |ask )?(?:link|url|command|query|owner|name|number|version|path|value|threshold|date|team|dashboard|channel)|who|how(?: (?:long|much|many|often|far))?|where|which [a-z]+(?: [a-z]+)?|what (?:is|are) [a-z ]{3,30})\s?\?+(?=[\])])/i;
/** What marks a place only when it stands alone. */
const alone =
  /^[[(<*_ .…]*(?:to be (?:written|filled in|added|documented|done|completed|determined|decided|defined)|coming soon|fill (?:me |this )?in|under construction|work in progress|wip|tb[acd]|to be continued|to[ -]do|(?:describe|add|insert|write|document|explain)\b[^.\n]{1,60}\bhere|placeholder|(?:this is (?:still )?)?(?:an? )?(?:rough |first |early )?draft(?:[,;:–—-]* ?\(?(?:(?:still )?not (?:yet )?(?:finished|complete|reviewed|final)|do not use(?: yet)?|in progress|unfinished|incomplete))|\.\.\.|…|\?{2,})[\])>*_ .!…]*$/i;

/** Who is to be told, left open: "Escalate to <team name>". */
const nobody =
  /\b(?:escalate (?:it |this )?to|hand (?:it |this )?over to|page|contact|notify|assign (?:it |this )?to) (?:the )?([<[](?:(?:on[- ]?call|owning|owner|responsible|escalation|your|support)[ _-])?(?:team|owner|person|contact|group|channel|manager|someone|somebody|rotation|on[- ]?call)(?:[ _-](?:name|here|channel|rotation|alias))?[>\]])(?!\()/i;

/** What both have in any case, which is found sooner. */
const mayBe = sift(
  /\?[\])]|^\?$|\bX{2,3}\b|\[[A-Z]+|\((?:add|insert|attach|include|paste) |unknown|needed|to[ -]do|todo|tb[dac]|fixme|xxx|lorem|coming|under construction|in progress|\bwip\b|to be |\?\?|here\b|placeholder|draft|\.\.|fill |…|written|documented|[<[](?:on|owning|owner|responsible|escalation|your|support|team|person|contact|group|channel|manager|some|rotation)|[[<(](?:describe|explain|document|insert|add|paste)|to (?:follow|come)|follows|missing|finished|complete|needs? /i,
);

export const checkPlaceholderText = perSection(({ proses }) =>
  proses.flatMap(({ prose, kind }) => {
    if (!mayBe.test(prose.plain)) return [];
    const found =
      alone.exec(prose.plain) ??
      marked.exec(prose.plain) ??
      nobody.exec(prose.plain) ??
      (kind === 'heading' ? null : asked.exec(prose.plain)) ??
      (kind === 'cell' ? /^\?$/.exec(prose.plain) : null);
    // The head of a column, or a cell that explains the word.
    if (kind === 'cell' && found?.[0] === 'Placeholder') return [];
    if (!found || prose.codes.some(({ start, end }) => start <= found.index && found.index < end)) return [];
    // "(dashboard [here](…))" is written.
    const to = found.index + found[0].length;
    if (/\bhere$/.test(found[0]) && prose.links.some(({ start, end }) => start < to && found.index < end)) return [];
    const span = sourceSpan(prose, found.index, found.index + found[0].length);
    return [
      makeDiagnostic('text.unfinished', span, `\`${found[0]}\` marks a place that is not written yet.`, {
        hint: 'Write it, or remove it.',
      }),
    ];
  }),
);

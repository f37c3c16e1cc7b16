// action.no-tool: the configured tools are known and none of them can perform an action, told once for each language of a guide;
// and code that a tool could perform, but which is only shown because fences of its language seldom mean that it is to be run.
import { collect, nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { fenceLanguage, textOf, type Code, type Guide } from '../guide/index.ts';
import type { Action, Plan } from '../plan/index.ts';
import type { CheckAbout, CheckInput } from './check.ts';

/** Other actions of the language that are pointed to. */
const mostLabels = 20;

export function checkNoTool({ guide, plan, about, facts }: CheckInput): readonly Diagnostic[] {
  const { languages, tools } = about;
  if (!languages) return [];
  const spoken = new Set(languages.map((language) => language.toLowerCase()));
  const found: Diagnostic[] = [];
  const unspoken = new Map<string, Action[]>();
  for (const action of collect(plan.nodes, ({ actions }) => actions)) {
    if (action.tool !== undefined) {
      if (tools && !tools.includes(action.tool)) found.push(unknownTool(guide, action, action.tool, tools));
    } else if (!spoken.has(action.language)) {
      const same = unspoken.get(action.language);
      if (same) same.push(action);
      else unspoken.set(action.language, [action]);
    }
  }
  for (const [language, actions] of unspoken) found.push(...noSpeaker(guide, language, actions, about));
  for (const { block } of facts.blocks) {
    if (block.kind !== 'code' || block.language === null || block.attributes.some(({ name }) => name === 'tool'))
      continue;
    const language = /^(?:js|javascript)$/.test(block.language) ? 'javascript' : block.language;
    if (spoken.has(language) && isOnlyShown(plan, block, block.language))
      found.push(onlyShown(guide, block, block.language));
  }
  return found;
}

/** Code in a step that is no action of it, though its fence is of no language that is known to be data or to be run. */
function isOnlyShown({ nodes }: Plan, { contentSpan, code }: Code, language: string): boolean {
  if (fenceLanguage(language) !== null || /^\s*(?:(?:\/\/|#)[^\n]*\s*)*$/.test(code)) return false;
  const { start } = contentSpan;
  const step = nodes.find(({ source }) => source && source.span.start <= start && start <= source.span.end);
  return step !== undefined && !step.actions.some(({ source }) => source.span.start === start);
}

function onlyShown(guide: Guide, block: Code, language: string): Diagnostic {
  const line = guide.lines.lineSpan(guide.lines.positionAt(block.span.start).line);
  const at = line.start + textOf(guide).slice(line.start, line.end).indexOf(language);
  const end = at + language.length;
  const span = at >= line.start ? { start: at, end } : line;
  return makeDiagnostic(
    'action.no-tool',
    span,
    `This \`${language}\` block is not run, although a configured tool speaks it: code of this language is only shown, unless it names its tool.`,
    { hint: `Write \`${language} tool=NAME\` behind the back-ticks to have it run, or \`text\` to have it shown.` },
  );
}

function unknownTool(guide: Guide, action: Action, tool: string, tools: readonly string[]): Diagnostic {
  const near = nearName(tool, tools);
  const span = wordAbove(guide, action, tool);
  return makeDiagnostic(
    'action.no-tool',
    span,
    `\`${action.id}\` names the tool \`${tool}\`, but \`tsg.yaml\` has no tool of that name.`,
    {
      hint: near ? `Did you mean \`${near}\`?` : `Add \`${tool}\` under \`tools\` in \`tsg.yaml\`.`,
      fixes: near ? [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }] : [],
    },
  );
}

/** One finding for a language, at its first action: what is missing is one tool. */
function noSpeaker(
  guide: Guide,
  language: string,
  [first, ...others]: readonly Action[],
  { languages }: CheckAbout,
): readonly Diagnostic[] {
  if (!first) return [];
  const known = [...(languages ?? [])].sort().map((one) => `\`${one}\``);
  const speak = known.length > 0 ? `The configured tools speak ${known.join(', ')}` : 'No tool is configured';
  const which = `\`${first.id}\`${others.length === 0 ? '' : others.length === 1 ? ' and 1 other action' : ` and ${others.length} other actions`}`;
  const [name, are, it, this_] =
    others.length === 0 ? ['names', 'is', 'it', 'this action'] : ['name', 'are', 'them', 'these actions'];
  const message =
    language === ''
      ? `${which} ${name} no language, so no configured tool can perform ${it}.`
      : `${which} ${are} written in \`${language}\`, but no configured tool speaks it.`;
  return [
    makeDiagnostic('action.no-tool', wordAbove(guide, first, language), message, {
      labels: others
        .slice(0, mostLabels)
        .map((action) => ({ span: wordAbove(guide, action, language), message: `\`${action.id}\`` })),
      hint: `${speak}; add a tool to \`tsg.yaml\`, or do ${this_} by hand when a run asks for ${it}.`,
    }),
  ];
}

/** The word on the line that opens the action's fence or block, else that whole line without its indentation. */
function wordAbove(guide: Guide, action: Action, word: string): Span {
  const first = guide.lines.positionAt(action.source.span.start).line;
  const line = guide.lines.lineSpan(Math.max(1, first - 1));
  const text = textOf(guide).slice(line.start, line.end);
  const at = word === '' ? -1 : text.toLowerCase().indexOf(word.toLowerCase());
  if (at >= 0) return { start: line.start + at, end: line.start + at + word.length };
  return { start: line.start + text.length - text.trimStart().length, end: line.start + text.trimEnd().length };
}

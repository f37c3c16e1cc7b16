// action.no-tool: the configured tools are known and none of them can perform an action.
import { nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckAbout, CheckInput } from './check.ts';

export function checkNoTool({ guide, plan, about }: CheckInput): readonly Diagnostic[] {
  const { languages, tools } = about;
  if (!languages) return [];
  const spoken = new Set(languages.map((language) => language.toLowerCase()));
  return plan.nodes.flatMap((node) =>
    node.actions.flatMap((action) => {
      if (action.tool !== undefined)
        return tools && !tools.includes(action.tool) ? [unknownTool(guide, action, action.tool, tools)] : [];
      return spoken.has(action.language) ? [] : [unspoken(guide, action, about)];
    }),
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

function unspoken(guide: Guide, action: Action, { languages }: CheckAbout): Diagnostic {
  const known = [...(languages ?? [])].sort().map((language) => `\`${language}\``);
  const speak = known.length > 0 ? `The configured tools speak ${known.join(', ')}` : 'No tool is configured';
  const message =
    action.language === ''
      ? `\`${action.id}\` names no language, so no configured tool can perform it.`
      : `\`${action.id}\` is written in \`${action.language}\`, but no configured tool speaks it.`;
  return makeDiagnostic('action.no-tool', wordAbove(guide, action, action.language), message, {
    hint: `${speak}; add a tool to \`tsg.yaml\`, or do this action by hand when a run asks for it.`,
  });
}

/** The word on the line that opens the action's fence or block, else that whole line without its indentation. */
function wordAbove(guide: Guide, action: Action, word: string): Span {
  const first = guide.lines.positionAt(action.source.span.start).line;
  const line = guide.lines.lineSpan(Math.max(1, first - 1));
  const text = guide.text.slice(line.start, line.end);
  const at = word === '' ? -1 : text.toLowerCase().indexOf(word.toLowerCase());
  if (at >= 0) return { start: line.start + at, end: line.start + at + word.length };
  return { start: line.start + text.length - text.trimStart().length, end: line.start + text.trimEnd().length };
}

// What can be written at the cursor. Where the cursor stands is told from the text as it is now; what there is to offer comes
// from the analysis, which may be of an earlier version: nobody waits for it while typing.
import type { ToolSchema } from '../guard/index.ts';
import type { Analysis } from './analyze.ts';
import { completeCode } from './complete-code.ts';
import { completeFence } from './complete-fence.ts';
import { completeFrontMatter } from './complete-front-matter.ts';
import { completeGuard, type LastColumn } from './complete-guard.ts';
import { completeSnippet } from './complete-snippet.ts';
import { completeStep } from './complete-step.ts';
import { toolFor, type Completion, type KnownTool } from './completion.ts';
import type { Action } from '../plan/index.ts';
import { earlierOffset, openCode, regionAt } from './text-region.ts';

/** What the host knows beside the text. */
export interface CompletionAbout {
  readonly tools: readonly KnownTool[];
  /** Columns that an action's latest result had, and what stood in them; undefined when it has not been run. */
  readonly lastResult?: (action: string) => readonly LastColumn[] | undefined;
  /** What a tool's connection holds, by the tool's name; undefined when it is not known (yet). */
  readonly schema?: (tool: string) => ToolSchema | undefined;
  /** True when a person asked or typed a word; false after a sign such as a blank, where only certain places offer anything. */
  readonly asked: boolean;
}

/** Offers in the order in which they should be shown. Never throws on any text. */
export function completionsAt(
  text: string,
  offset: number,
  analysis: Analysis,
  about: CompletionAbout,
): readonly Completion[] {
  const { tools, asked, lastResult, schema } = about;
  const region = regionAt(text, offset);
  const at = earlierOffset(analysis.guide.text, text, offset);
  switch (region.kind) {
    case 'front-matter': {
      const rest = text
        .slice(offset)
        .split(/\r\n|\r|\n/)
        .slice(1);
      const end = rest.findIndex((line) => /^(?:---|\.\.\.)[ \t]*$/.test(line));
      return completeFrontMatter(region.line, region.linesBefore, rest.slice(0, Math.max(0, end)), offset);
    }
    case 'fence':
      return completeFence(region.info, tools, offset);
    case 'code': {
      const holders = completePlaceholder(region.line, region.language, text, offset, analysis, at);
      // A brace opens a placeholder, but in PromQL a list of labels as well.
      return [...holders, ...completeCode(region, text, offset, analysis, at, about)];
    }
    case 'prose': {
      const code = openCode(region.paragraph);
      const schemaOfAction = (action: Action): ToolSchema | undefined => {
        const tool = toolFor(tools, action);
        return tool && schema?.(tool.name);
      };
      if (code !== null) return completeGuard(code, offset, analysis, at, { lastResult, schema: schemaOfAction });
      const steps = completeStep(region.paragraph, offset, analysis, at);
      if (steps.length > 0 || !asked) return steps;
      return completeSnippet(region.line, region.first, offset, analysis);
    }
  }
}

/** Blocks of these languages are shown, and braces in them are their own. */
const notPerformed = new Set([
  '',
  'json',
  'yaml',
  'yml',
  'text',
  'txt',
  'toml',
  'xml',
  'html',
  'markdown',
  'md',
  'mermaid',
]);

/** Parameters between the braces of a placeholder. One that only this placeholder names is not offered. */
function completePlaceholder(
  line: string,
  language: string,
  text: string,
  offset: number,
  { plan }: Analysis,
  at: number,
): Completion[] {
  const open = /(\{\{?)[ \t]*([A-Za-z_][\w-]*)?$/.exec(line);
  if (!open || notPerformed.has(language)) return [];
  const [, braces = '{', written = ''] = open;
  const close = '}'.repeat(
    Math.max(0, braces.length - (/^[\w-]*(\}{0,2})/.exec(text.slice(offset))?.[1]?.length ?? 0)),
  );
  const span = { start: offset - written.length, end: offset };
  return plan.guide.parameters
    .filter(
      ({ origin, source }) => !(origin === 'placeholder' && source && source.span.start <= at && at <= source.span.end),
    )
    .map(({ name, type, description }) => ({
      kind: 'parameter',
      label: name,
      detail: description ?? type,
      insert: `${name}${close}`,
      span,
    }));
}

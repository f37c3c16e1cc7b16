// What can be written next in the debug console: the names that an expression may read, and the members behind a dot.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { evaluateValue, type GuardScope } from '../../guard/index.ts';

/** Completions of the text before the caret. */
export function consoleWords(before: string, scope: GuardScope): DebugProtocol.CompletionItem[] {
  const [, of = '', begun = ''] = /((?:[A-Za-z_]\w*(?:\[[^\][]*\])?\.)*)([A-Za-z_]\w*)?$/.exec(before) ?? [];
  const names =
    of === '' ? [...Object.keys(scope.result), 'params', 'steps', 'results'] : membersOf(of.slice(0, -1), scope);
  if (of === '' && scope.result.rows && !names.includes('rowCount')) names.push('rowCount');
  return names
    .filter((name) => name.startsWith(begun))
    .map((label) => ({ label, type: of === '' ? ('variable' as const) : ('property' as const), length: begun.length }));
}

function membersOf(expression: string, scope: GuardScope): string[] {
  if (expression === 'params') return Object.keys(scope.params);
  if (expression === 'steps') return Object.keys(scope.steps);
  if (expression === 'results') return Object.keys(scope.results);
  const value = evaluateValue(expression, scope);
  if (value.kind === 'error' || value.value === null || typeof value.value !== 'object') return [];
  return Array.isArray(value.value) ? [] : Object.keys(value.value);
}

// Makes an action out of code for tests of tools: every `{name}` (or what `pattern` finds) is a placeholder.
import type { Action } from '../../src/plan/index.ts';
import type { Binding, ParameterValue } from '../../src/run/index.ts';

/** An action whose code starts at guide offset 100, with its placeholders found by `pattern`. */
export function actionOf(language: string, code: string, pattern = /\{([a-z_]\w*)\}/g): Action {
  const base = 100;
  const lineOffsets = [base];
  for (let i = code.indexOf('\n'); i >= 0; i = code.indexOf('\n', i + 1)) lineOffsets.push(base + i + 1);
  const placeholders = [...code.matchAll(pattern)].map((match) => ({
    parameter: match[1] ?? '',
    span: { start: base + match.index, end: base + match.index + match[0].length },
  }));
  return {
    id: 'Step1.1',
    language,
    code,
    source: { span: { start: base, end: base + code.length }, startLine: 1, endLine: 1 },
    lineOffsets,
    placeholders,
    parameters: [...new Set(placeholders.map(({ parameter }) => parameter))],
    effect: 'unknown',
  };
}

/** Bindings from plain values; names in `secrets` are secret. */
export function bindingsOf(
  values: Readonly<Record<string, ParameterValue>>,
  secrets: readonly string[] = [],
): readonly Binding[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, secret: secrets.includes(name) }));
}

// What is wrong with a value while it is typed, by the run's own rules, so that the box and the run never disagree.
import * as vscode from 'vscode';
import type { Parameter } from '../plan/index.ts';
import type { Engine } from './load-engine.ts';

/** Null when the text fits the parameter; the sentence never holds a secret. */
export function wrongValue(engine: Engine, parameter: Parameter, text: string): string | null {
  if (text.trim() === '') return parameter.required ? vscode.l10n.t('{0} needs a value.', parameter.name) : null;
  const open = { ...parameter, secret: false };
  const problem = engine.readParameters([open], { [parameter.name]: text }).problems[0]?.message;
  if (problem === undefined) return null;
  return parameter.secret ? vscode.l10n.t('This is no value for {0}.', parameter.name) : problem.replaceAll('`', '');
}

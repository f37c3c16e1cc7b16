// What is wrong with an expression that somebody has written in a watch, the console or a breakpoint: there is no guard there,
// though the same language reads it.
import { findNode, type Plan } from '../../plan/index.ts';
import { quoted } from '../quoted.ts';

/** Names that an expression may read, for whoever has written another. */
const known = 'rows, rowCount, columns, text, json, exitCode, status, params.NAME, steps.STEP and results.NAME';

/** What is said of a parameter without a value, or a step without a result, instead of that there is no such member. */
export function notYet(expression: string, message: string, plan: Plan): string | null {
  const name = /there is no column or member named `([^`]+)`\.$/.exec(message)?.[1];
  if (name === undefined || !/^\w+$/.test(name)) return null;
  const reads = (root: string): boolean => new RegExp(`\\b${root}(?:\\.|\\[['"])${name}\\b`).test(expression);
  const parameter = plan.guide.parameters.find((one) => one.name === name);
  if (parameter && reads('params'))
    return quoted(
      parameter.secret ? `\`${name}\` is a secret, and is given to no expression.` : `\`${name}\` has no value yet.`,
    );
  return findNode(plan, name) && reads('steps') ? quoted(`\`${name}\` has no result yet.`) : null;
}

/** The message of a guard as one about an expression; `named` adds the names that it may read where it reads another. */
export function faultWords(message: string, named = false): string {
  const names = named ? `; those are ${known}` : '';
  const said = message
    .replace(/^The guard\b/, 'The expression')
    .replace(/which is no name a guard knows\.$/, `which is no name that it can read${names}.`)
    .replace(/; it gave no result\.$/, '; there is no result yet.');
  return quoted(said);
}

// Finds a secret of the tools' settings that the guide itself says. The journal keeps the guide's words as they are, since a
// run is taken up from them, so such a guide is not run before the value is taken out of it.
import type { Plan } from '../plan/index.ts';
import type { DryTool, Toolbox } from './ports.ts';
import { redactor } from './redact.ts';

/** Why a live run of the plan cannot begin, in sentences for people; undefined when the guide says no secret. */
export function secretInPlan(plan: Plan, toolbox: Toolbox<DryTool>): string | undefined {
  const secrets = (toolbox.secretValues?.() ?? []).filter(isTelling);
  if (secrets.length === 0) return undefined;
  const redact = redactor(secrets);
  const isIn = (...texts: readonly unknown[]): boolean => texts.some((text) => redact(text) !== text);
  const action = plan.nodes.flatMap(({ actions }) => actions).find(({ code }) => isIn(code));
  const arrow = [...plan.edges, ...plan.repeats].find(
    ({ condition, guard }) => isIn(condition) || (guard?.kind === 'cel' && isIn(guard.cel)),
  );
  const step = plan.nodes.find((one) => isIn(one.title, one.description, one.undo, one.verify));
  const parameter = plan.guide.parameters.find((one) => isIn(one.default, one.description, ...(one.examples ?? [])));
  const line = action
    ? action.source.startLine + action.code.split('\n').findIndex((text) => isIn(text))
    : arrow?.source?.startLine;
  const where =
    line !== undefined
      ? `Line ${line} of the guide holds`
      : step
        ? `The text of \`${step.id}\` holds`
        : parameter && `What the guide says of the parameter \`${parameter.name}\` holds`;
  return (
    where &&
    `${where} the value of a secret that the settings name, and the journal would keep it. Put a parameter with \`secret: true\`, or the login of the tool's settings, in its place.`
  );
}

/** A plain word, such as the password `postgres` of a database at home, stands in guides by itself. */
export function isTelling(secret: string): boolean {
  return secret.length >= 8 && !/^[A-Za-z]+$/.test(secret);
}

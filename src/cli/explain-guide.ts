// `tsg check --explain`: asks the configured tools whether they accept each query of a guide, without performing it.
import { diagnoseExplanation } from '../check/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Parameter } from '../plan/index.ts';
import { dryRun, type ParameterValue } from '../run/index.ts';
import type { FoundTools } from './find-tools.ts';
import type { LoadedGuide } from './load-guide.ts';
import { notExplained, type NotExplained } from './not-explained.ts';

export interface ExplainedGuide {
  readonly refused: readonly Diagnostic[];
  /** What nothing is known of: a service that is down, or a tool that cannot be asked. */
  readonly unknown: readonly NotExplained[];
}

/** What the tools say. Values that are not known are invented; a refusal that is about one of those says nothing. */
export async function explainGuide(loaded: LoadedGuide, { toolbox, settings }: FoundTools): Promise<ExplainedGuide> {
  const { guide, plan } = loaded;
  if (!guide) return { refused: [], unknown: [] };
  const invented = plan.guide.parameters
    .filter(({ name, default: preset }) => preset === undefined && settings.parameters[name] === undefined)
    .map((parameter) => [parameter.name, inventValue(parameter)] as const);
  const known = Object.entries(settings.parameters).filter(([name]) =>
    plan.guide.parameters.some((parameter) => parameter.name === name),
  );
  const parameters = { ...Object.fromEntries(known), ...Object.fromEntries(invented) };
  const report = await dryRun({ plan, toolbox, parameters, explain: true });
  const actions = new Map(plan.nodes.flatMap((node) => node.actions.map((action) => [action.id, action])));
  const refused = report.steps
    .flatMap((step) => step.actions)
    .flatMap(({ id, explanation }) => {
      const action = actions.get(id);
      if (!action || explanation?.kind !== 'refused') return [];
      const aboutInvented = invented.some(
        ([, value]) => typeof value !== 'boolean' && explanation.failure.message.includes(String(value)),
      );
      return aboutInvented ? [] : [diagnoseExplanation(guide, action, explanation.failure)];
    });
  return { refused, unknown: notExplained(report) };
}

/** A value that fits the parameter and is easily told from the author's own words. */
function inventValue({ name, type, examples }: Parameter): ParameterValue {
  const [example] = examples ?? [];
  switch (type) {
    case 'number':
    case 'integer':
      return 190807;
    case 'boolean':
      return true;
    case 'timestamp':
      return '1907-08-09T10:11:12Z';
    case 'duration':
      return '1907s';
    case 'string':
      return example ?? (/time|date|since|until/i.test(name) ? '1907-08-09T10:11:12Z' : 'invented-190807');
  }
}

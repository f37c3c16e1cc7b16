// Plans of run cases whose steps call guides. Behind the first plan, `guide NAME` begins the one that is called by that name:
//
//     step Step1 calls=restore.md
//     edge start -> Step1
//     guide restore.md
//     step Step1
import { joinGuides, type Plan, type Unjoined } from '../../src/plan/index.ts';
import { readPlanText } from './plan-text.ts';

/** The plan with all that it calls, as a host joins it before a run. */
export async function readJoinedPlan(
  text: string,
): Promise<{ readonly plan: Plan; readonly unjoined: readonly Unjoined[] }> {
  const [first = '', ...others] = text.split(/^guide /m);
  const guides = new Map(
    others.map((part): [string, Plan] => {
      const [name = '', ...lines] = part.split('\n');
      const plan = readPlanText(lines.join('\n'));
      return [name.trim(), { ...plan, guide: { ...plan.guide, title: name.trim(), file: name.trim(), sha256: '1' } }];
    }),
  );
  const main = readPlanText(first);
  return joinGuides(main, 'case.md', (_, path) => {
    const plan = path === 'case.md' ? main : guides.get(path);
    if (!plan) return Promise.resolve({ kind: 'refused', because: `There is no guide \`${path}\`.` });
    return Promise.resolve({ kind: 'opened', id: path, plan });
  });
}

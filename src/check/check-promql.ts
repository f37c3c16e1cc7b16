// promql.syntax: a PromQL or LogQL query with a bracket or quote without its partner. More would need the language's parser.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { bracketFault, type CodeFault } from './code-fault.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { remember } from './remember.ts';

export function checkPromql({ plan }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ actions }) =>
    actions.flatMap((action) => {
      if (!/^(?:promql|logql)$/.test(action.language) || /\.\.\.|…/.test(action.code)) return [];
      const { fault } = faultOf(action.code);
      if (!fault) return [];
      return [
        makeDiagnostic(
          'promql.syntax',
          codeSpan(action, fault),
          `\`${action.id}\` is no complete query: ${fault.message}.`,
          { hint: 'Correct the query.' },
        ),
      ];
    }),
  );
}

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => ({
  fault: bracketFault(code.replaceAll('/*', '  '), { quotes: `"'\``, lineComments: ['#'], escapes: true }),
}));

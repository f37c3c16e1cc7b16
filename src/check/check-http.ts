// http.syntax: an HTTP block whose first line is no request: a misspelt method, or a method without an address.
import { nearName } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function checkHttp({ plan }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ actions }) =>
    actions.flatMap((action) => {
      if (action.language !== 'http') return [];
      const line = /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*[ \t]*([A-Z]{2,10})(?:[ \t]+(\S+))?/.exec(action.code);
      const method = line?.[1] ?? '';
      if (!line || method === 'HTTP') return [];
      const start = line[0].lastIndexOf(method);
      const span = codeSpan(action, { start, end: start + method.length });
      if (methods.includes(method)) {
        if (line[2] !== undefined) return [];
        return [
          makeDiagnostic('http.syntax', span, `\`${method}\` is followed by no address.`, {
            hint: 'Write the address after it: `GET https://…`.',
          }),
        ];
      }
      const near = nearName(method, methods);
      if (near === undefined || line[2] === undefined) return [];
      return [
        makeDiagnostic('http.syntax', span, `\`${method}\` is no HTTP method.`, {
          hint: `Did you mean \`${near}\`?`,
          fixes: [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
        }),
      ];
    }),
  );
}

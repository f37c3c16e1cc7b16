// query.hard-coded: a date, address or identifier of one incident in code that is meant for every incident.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { perAction } from './scope.ts';
import { codeSpan } from './diagnose-explanation.ts';

const rules: readonly (readonly [string, string, RegExp])[] = [
  ['a fixed time', 'start_time', /\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?\b/g],
  ['a fixed identifier', 'id', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ['a fixed address', 'host', /(?<![\d.:/v-])(?!0\.0\.0\.0|127\.|255\.|169\.254\.|8\.8\.|1\.1\.1\.1)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]|\/\d)/g],
]; // prettier-ignore

export const checkHardCoded = perAction((action) => {
  const findings: Diagnostic[] = [];
  for (const [what, name, pattern] of rules) {
    const first = [...action.code.matchAll(pattern)].find(
      ({ 0: value, index }) => !isSetting(action.code, index, value),
    );
    if (!first) continue;
    const [value] = first;
    findings.push(
      makeDiagnostic(
        'query.hard-coded',
        codeSpan(action, { start: first.index, end: first.index + value.length }),
        `\`${value}\` is ${what}: it fits one incident only.`,
        {
          hint: `Write a parameter such as \`{${name}}\`.`,
        },
      ),
    );
  }
  return findings;
});

/** Versions of interfaces (`apiVersion: …/2024-05-01`, `api-version=`), comments, and all-zero identifiers stay as they are. */
function isSetting(code: string, index: number, value: string): boolean {
  const line = code.slice(code.lastIndexOf('\n', index) + 1, index);
  return /api-?version|version|^\s*(?:#|--|\/\/)/i.test(line) || /^0{8}-/.test(value);
}

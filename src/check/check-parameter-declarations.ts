// parameter.declaration: a declared parameter whose type nobody knows, whose pattern cannot be read, or whose default does not
// fit its own type or pattern.
import { nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { textOf, type DeclaredParameter, type Guide } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

const types = ['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'];
const otherNames = ['text', 'str', 'int', 'float', 'double', 'bool', 'date', 'datetime', 'time'];

export function checkParameterDeclarations({ guide }: CheckInput): readonly Diagnostic[] {
  return guide.frontMatter.parameters.flatMap((parameter) => {
    const fault = faultOf(parameter);
    if (fault === null) return [];
    return [
      makeDiagnostic(
        'parameter.declaration',
        placeOf(guide, parameter, fault.value),
        `Parameter \`${parameter.name}\` ${fault.message}.`,
        {
          hint: fault.hint,
        },
      ),
    ];
  });
}

interface Fault {
  readonly message: string;
  readonly hint: string;
  /** The value that does not fit. */
  readonly value: string;
}

/** The value behind its key, on one of the lines after the parameter's name; else the name. */
function placeOf(guide: Guide, { span }: DeclaredParameter, value: string): Span {
  const rest = textOf(guide).slice(span.end, span.end + 600);
  const found = new RegExp(
    `\\b(?:type|default|pattern|examples)[ \\t]*:[ \\t]*(?:["']?|\\[[^\\]\\n]*?["']?)(?=${value.replace(/[^\w]/g, '\\$&')})`,
  ).exec(rest);
  if (!found) return span;
  const start = span.end + found.index + found[0].length;
  return { start, end: start + value.length };
}

function faultOf({ type, default: preset, pattern, examples }: DeclaredParameter): Fault | null {
  const wanted = type?.toLowerCase();
  if (type !== undefined && wanted !== undefined && !types.includes(wanted) && !otherNames.includes(wanted)) {
    const near = nearName(wanted, types);
    return {
      value: type,
      message: `has the type \`${type}\`, which we do not know`,
      hint:
        near === undefined ? `Use one of ${types.map((one) => `\`${one}\``).join(', ')}.` : `Did you mean \`${near}\`?`,
    };
  }
  const expression = pattern === undefined ? null : readPattern(pattern);
  if (expression === 'broken') {
    return {
      value: pattern ?? '',
      message: `has the pattern \`${pattern ?? ''}\`, which is no regular expression`,
      hint: 'Correct its brackets and signs.',
    };
  }
  const example = !expression ? undefined : examples?.find((one) => one.length < 1000 && !expression.test(one));
  if (example !== undefined) {
    return {
      value: example,
      message: `has the example \`${example}\`, which its own pattern refuses`,
      hint: 'Correct the example or the pattern.',
    };
  }
  if (preset === undefined) return null;
  const misfit = misfitOf(wanted, preset);
  if (misfit !== null)
    return {
      value: String(preset),
      message: `is a ${wanted ?? ''}, but its default is \`${String(preset)}\``,
      hint: misfit,
    };
  if (expression && typeof preset === 'string' && preset.length < 1000 && !expression.test(preset)) {
    return {
      value: preset,
      message: `has the default \`${preset}\`, which its own pattern refuses`,
      hint: 'Correct the default or the pattern.',
    };
  }
  return null;
}

function misfitOf(type: string | undefined, preset: string | number | boolean): string | null {
  const text = String(preset);
  if (/^(?:number|float|double)$/.test(type ?? '') && !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text))
    return 'Write a number, such as 2.5.';
  if (/^int(?:eger)?$/.test(type ?? '') && !/^-?\d+$/.test(text)) return 'Write a whole number.';
  if (/^bool(?:ean)?$/.test(type ?? '') && !/^(?:true|false)$/.test(text)) return 'Write true or false.';
  if (type === 'duration' && !/^(?:(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+|P[\dT].*)$/i.test(text))
    return 'Write a duration, such as 30m or PT30M.';
  if (/^(?:timestamp|date|datetime)$/.test(type ?? '') && !/^\d{4}-\d{2}-\d{2}/.test(text))
    return 'Write a point in time, such as 2026-03-02T10:00:00Z.';
  return null;
}

/** Only patterns without nesting are tried: those match in linear time in any engine. */
function readPattern(pattern: string): RegExp | 'broken' | null {
  try {
    const expression = new RegExp(`^(?:${pattern})$`, 'u');
    return pattern.length > 200 || /[+*}][^)]*\)\s*[+*{]|\(\?|\\[1-9]/.test(pattern) ? null : expression;
  } catch {
    return /\(\?[Pi]|\\[pPzAQ]/.test(pattern) ? null : 'broken';
  }
}

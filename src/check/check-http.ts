// http.syntax: an HTTP block whose first line is no request (a misspelt method, a method without an address, an address that is none),
// or that has a line among its headers that is none.
import { nearName } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function checkHttp({ plan }: CheckInput): readonly Diagnostic[] {
  return plan.nodes.flatMap(({ actions }) =>
    actions.flatMap((action) => {
      if (action.language !== 'http') return [];
      const line = /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*[ \t]*([A-Z]{2,10})(?:[ \t]+(\S+))?/.exec(action.code);
      const method = line?.[1] ?? '';
      if (method === 'HTTP') return [];
      const bad = badAddress(action.code) ?? badHeader(action.code);
      if (bad) {
        const { words, message, hint, at } = bad;
        const span = codeSpan(action, { start: at, end: at + words.length });
        return [makeDiagnostic('http.syntax', span, message, { hint })];
      }
      if (!line) return withoutMethod(action);
      const start = line[0].lastIndexOf(method);
      const span = codeSpan(action, { start, end: start + method.length });
      if (methods.includes(method)) {
        // A host alone, as in `GET shop`, may be meant; words behind it are none of an address.
        const isWords =
          line[2] !== undefined && /^[a-z]+$/i.test(line[2]) && wordsBehind.test(action.code.slice(line[0].length));
        if (line[2] !== undefined && !isWords) return [];
        return [
          makeDiagnostic('http.syntax', span, `\`${method}\` is followed by no address.`, {
            hint: 'Write the address after it: `GET https://…`.',
          }),
        ];
      }
      const near = nearName(method, methods);
      if (line[2] === undefined || (near === undefined && (seldom.has(method) || !/^(?:https?:\/\/|\/)/.test(line[2]))))
        return [];
      return [
        makeDiagnostic('http.syntax', span, `\`${method}\` is no HTTP method.`, {
          hint: near === undefined ? `Use one of ${methods.join(', ')}.` : `Did you mean \`${near}\`?`,
          fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
        }),
      ];
    }),
  );
}

/** An address alone: it is asked for, but only who knows the tool knows that. */
function withoutMethod(action: Action): readonly Diagnostic[] {
  const found = /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*[ \t]*(https?:\/\/\S+)/.exec(action.code);
  const address = found?.[1];
  if (!found || address === undefined) return [];
  const start = found[0].length - address.length;
  const span = codeSpan(action, { start, end: start + address.length });
  return [
    makeDiagnostic('http.syntax', span, 'This request has an address and no method; a run takes `GET`.', {
      severity: 'hint',
      hint: 'Write the method before the address: `GET https://…`.',
      fixes: [
        { title: 'Write `GET` before it', edits: [{ span: { start: span.start, end: span.start }, newText: 'GET ' }] },
      ],
    }),
  ];
}

/** Methods of single servers, and those of WebDAV. */
const seldom = new Set(
  'CONNECT TRACE PURGE BAN REFRESH LIST QUERY SEARCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT LINK UNLINK MERGE ACL BIND'.split(
    ' ',
  ),
);
const wordsBehind = /^[ \t]+(?!HTTP\/)[a-z]/i;

interface Bad {
  readonly words: string;
  readonly message: string;
  readonly hint: string;
  readonly at: number;
}

/** "https//shop.example", "htps://shop.example". */
function badAddress(code: string): Bad | null {
  const found =
    /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*[ \t]*(?:[A-Z]{3,10}[ \t]+)?(h[a-z]{2,6}(?:\/\/|:\/(?!\/)|;\/\/|:\/\/)\S*)/.exec(
      code,
    );
  const words = found?.[1] ?? '';
  if (!found || /^https?:\/\/[^/\s]/.test(words)) return null;
  return {
    words,
    message: `\`${words.slice(0, 60)}\` is no address.`,
    hint: 'An address begins with `https://` and a host.',
    at: found[0].length - words.length,
  };
}

/** The lines between the request and the first empty one are headers, or go on with its query. */
function badHeader(code: string): Bad | null {
  const request = /^(?:[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?\n)*[ \t]*[A-Z]{3,10}[ \t]+\S[^\n]*\r?\n/.exec(code);
  if (!request) return null;
  let at = request[0].length;
  for (const line of code.slice(at).split('\n')) {
    const words = line.trim();
    if (words === '' || /^[{[]/.test(words)) return null;
    if (!/^(?:[\w-]+[ \t]*:|[?&#]|\/\/|[<{$])/.test(words))
      return /^[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)*[ \t]+\S/.test(words)
        ? {
            words,
            message: `\`${words.slice(0, 60)}\` is no header: it has no colon.`,
            hint: 'Write `Name: value`, and an empty line before the body.',
            at: at + line.indexOf(words),
          }
        : null;
    at += line.length + 1;
  }
  return null;
}

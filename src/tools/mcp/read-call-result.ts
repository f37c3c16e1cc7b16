// Turns what an MCP tool answers into a result: its text, its structured content as JSON, rows where that is a list of objects.
// Pictures, sounds and links are told, never fetched.
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { Json } from '../../base/index.ts';
import type { ActionResult } from '../../run/index.ts';
import { describeSize } from '../amounts.ts';
import { tableOf } from '../http/read-answer.ts';
import { parseJson } from '../parse-json.ts';
import { withoutEscapes } from '../safe-text.ts';
import { firstOf } from '../cut-text.ts';

/** The result of a call, cut to `maxOutput` characters of text. */
export function readCallResult(answer: CallToolResult, maxOutput: number): ActionResult {
  const notes: string[] = [];
  const texts: string[] = [];
  for (const part of answer.content)
    switch (part.type) {
      case 'text':
        if (part.text.includes('\0'))
          notes.push(`A text of the answer is binary (${describeSize(part.text.length)}) and is not shown.`);
        else texts.push(withoutEscapes(part.text));
        break;
      case 'image':
      case 'audio':
        notes.push(
          `The answer holds a binary ${part.type} (${part.mimeType}, ${describeSize(part.data.length)}), which is not shown.`,
        );
        break;
      case 'resource_link':
        texts.push(withoutEscapes(`${part.name}: ${part.uri}`));
        break;
      case 'resource':
        if ('text' in part.resource) texts.push(withoutEscapes(String(part.resource.text)));
        else
          notes.push(`The answer holds a binary resource, ${withoutEscapes(part.resource.uri)}, which is not shown.`);
    }
  const whole = texts.join('\n');
  if (whole.length > maxOutput)
    notes.push(`The answer is larger than ${describeSize(maxOutput)}; only its beginning is kept.`);
  const text = firstOf(whole, maxOutput);
  const json = structured(answer, whole, maxOutput, notes);
  return { text, ...(json !== undefined && { json, ...tableOf(json) }), notes };
}

function structured(answer: CallToolResult, text: string, maxOutput: number, notes: string[]): Json | undefined {
  const { structuredContent } = answer;
  if (structuredContent === undefined) {
    if (text.length > maxOutput || !/^\s*[{[]/.test(text)) return undefined;
    try {
      return parseJson(text);
    } catch {
      return undefined;
    }
  }
  const written = JSON.stringify(structuredContent);
  if (written.length <= maxOutput) return structuredContent as Json;
  notes.push(`The structured answer is larger than ${describeSize(maxOutput)} and was left out.`);
  return undefined;
}

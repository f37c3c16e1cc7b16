// Finds what a step would run: fences of languages that can be run and `<PLUGIN_n>` blocks. Output, data and blocks of
// comments only are not actions.
import { sift, Memory, onceFor } from '../base/index.ts';
import {
  fenceLanguage,
  sentencesOf,
  type Block,
  type Code,
  type Guide,
  type Item,
  type Plugin,
  type Prose,
} from '../guide/index.ts';
import { classifyEffect } from '../effect/index.ts';
import { codeOffsets, type Action } from '../plan/index.ts';
import { findPlaceholders, parameterNames } from './find-placeholders.ts';
import type { Naming } from './naming.ts';
import { sourceOf } from './source.ts';

const commentLine: Readonly<Record<string, RegExp>> = {
  sql: /^\s*(?:--.*)?$/,
  kusto: /^\s*(?:\/\/.*)?$/,
  cmd: /^\s*(?:(?:rem\b|::).*)?$/i,
  javascript: /^\s*(?:\/\/.*)?$/,
  http: /^\s*(?:(?:#|\/\/).*)?$/,
  // `# show: alerts` asks the tool, although it is a comment to the server.
  promql: /^\s*(?:#(?!\s*show\s*:).*)?$/,
  logql: /^\s*(?:#(?!\s*show\s*:).*)?$/,
};
const hashComment = /^\s*(?:#.*)?$/;

/** The language that a block's action would have, or null when it is none. */
export function actionLanguage(block: Block): string | null {
  return block.kind === 'plugin' || block.kind === 'code' ? languageOf(block) : null;
}

const languageOf = onceFor((block: Plugin | Code): string | null => {
  if (block.kind === 'plugin') return languageOfText(block.code);
  if (block.language === null) return plainCommand(block.code);
  const attributes = block.attributes;
  const language =
    fenceLanguage(block.language) ??
    (/^(?:js|javascript)$/.test(block.language) && mongoShell.test(block.code) ? 'mongodb' : null) ??
    (attributes.some(({ name }) => name === 'tool') ? block.language : null);
  if (language === null || isBlank(block.code, language)) return null;
  if (
    language === 'console' &&
    !/^\s*(?:\[[^\]\n]*\])?[\w@~:./-]*[$#>%] \S/m.test(block.code) &&
    looksLikeOutput(block.code)
  )
    return null;
  return language;
});

/** What is typed at a MongoDB shell is a program in JavaScript, and most fences say only that. */
const mongoShell = /^(?:\s*\/\/[^\n]*\n)*\s*(?:(?:db|rs|sh)(?:\.\w+(?:\([^()\n]*\))?)*\.\w+\(|use\s+\w+\s*\n)/;

const prompt = /^\s*[$#>]\s+/;
const command =
  /^\s*(?:[$#>]\s+)?(?:sudo\s+)?(?:kubectl|oc|aws|az|gcloud|gsutil|curl|wget|ssh|scp|systemctl|docker|podman|helm|psql|mysql|redis-cli|journalctl|grep|tail|cat|less|df|du|ps|netstat|ss|ping|dig|nslookup|etcdctl|ceph|rbd|git|terraform|ansible\S*|npm|python3?)(?:\s+\S|\s*$)/;
const cmdlet =
  /^\s*(?:PS[^>\n]*>\s*)?(?:Get|Set|New|Remove|Test|Start|Stop|Restart|Invoke|Enable|Disable|Add|Import)-[A-Z]\w+(?:\s|$)/;

/** A line that a shell has asked for: "$ printf …". */
const prompted = /^[ \t]*\$ (?:sudo )?[a-z][\w.-]* \S/m;

/** The language of a fence that names none and whose first line is a command that everybody knows. */
function plainCommand(code: string): string | null {
  if (cmdlet.test(code)) return 'powershell';
  if (prompted.test(code)) return 'console';
  if (!command.test(code)) return null;
  return prompt.test(code) ? 'console' : 'shell';
}

/** "`df -h`" and no other words: a command that everybody knows. */
export function isCommandAlone({ plain, codes: [code, ...others] }: Prose): boolean {
  if (!code || others.length > 0 || /[\p{L}\d]/u.test(plain.slice(0, code.start) + plain.slice(code.end))) return false;
  const words = plain.slice(code.start, code.end);
  return /\S\s+\S/.test(words) && command.test(words);
}

/** The same of an item. */
export function isCommandItem({ blocks: [first] }: Item): boolean {
  return first?.kind === 'paragraph' && isCommandAlone(first.prose);
}

/** True when the block or one inside it is an action. */
export function hasAction(block: Block): boolean {
  if (block.kind === 'list') return block.items.some((item) => item.blocks.some(hasAction));
  if (block.kind === 'quote') return block.blocks.some(hasAction);
  return actionLanguage(block) !== null;
}

/** "The log looks like this:" and "you should see", and no word of a command: the block behind shows what was printed. */
export function showsOutput(block: Block | undefined): boolean {
  if (block?.kind !== 'paragraph') return false;
  const last = sentencesOf(block.prose).at(-1)?.text ?? '';
  return output.test(last) && !ofCommand.test(last);
}

const output = sift(
  /\b(?:looks?|appears?)\s+(?:\w+\s+)?(?:like|similar|as\s+follows)\b|\bsimilar\s+to\s+(?:this|that|the\s+following|the\s+below)\b|\b(?:like|to|match(?:es)?)\s+the\s+(?:one|example|sample|output|message|log|error|snippet)s?\s+(?:below|above)\b|\ban?\s+example\s+of\s+(?:an?|the|such\s+an?)\s+(?:[\w-]+\s+){0,2}(?:outputs?|logs?|records?|lines?|entry|messages?|errors?|events?|alerts?|responses?|results?)\b|\b(?:example|sample|expected)\s+(?:output|result|response)s?\b|\byou\s+(?:should|will|would)\s+(?:then\s+|now\s+)?(?:be\s+able\s+to\s+)?(?:see|get)\b/i,
);
const ofCommand =
  /\b(?:run|running|runs|use|using|with|execute|executing|issue|issuing|commands?|quer(?:y|ies)|scripts?)\b/i;

/** Console text without a prompt whose first word no command has. */
function looksLikeOutput(code: string): boolean {
  const first = code.trimStart().split(/\s/, 1)[0] ?? '';
  return /^[A-Z0-9{[<"'|=+*-]/.test(first);
}

function isBlank(code: string, language: string): boolean {
  const comment = commentLine[language] ?? hashComment;
  return code.split(/\r\n|\r|\n/).every((line) => comment.test(line));
}

/** A plugin block does not say its language; its first word does. */
function languageOfText(code: string): string | null {
  const first = /^(?:\s*(?:--[^\n]*|\/\*[^]*?\*\/|#[^\n]*|\/\/[^\n]*)\s*?(?:\n|$))*\s*(\S+)(?:\s+(\S+))?/.exec(code);
  const word = first?.[1]?.toLowerCase() ?? '';
  if (word === '') return null;
  if (
    /^(?:select|with|insert|update|delete|create|alter|drop|explain|show|describe|truncate|merge|values|call|\()/.test(
      word,
    )
  )
    return 'sql';
  if (/^(?:get|post|put|patch|delete|head|options)$/.test(word) && /^(?:https?:\/\/|\/)/.test(first?.[2] ?? ''))
    return 'http';
  if (/^#!.*python/.test(code.trimStart()) || /^(?:import|from)$/.test(word)) return 'python';
  if (/^\w+\s*\n?\s*\|\s*(?:where|summarize|project|extend|take|count|join|order|top)\b/m.test(code.trimStart()))
    return 'kusto';
  if (/^(?:get|set|new|remove|invoke|test|start|stop|restart|update|add)-[a-z]/.test(word)) return 'powershell';
  return 'shell';
}

interface Made {
  readonly id: string;
  readonly naming: Naming;
  readonly action: Action;
}

const made = new Memory<Code | Plugin, Made>();

/** The action of a block that `actionLanguage` accepts: made once, while its name and what the guide says of names are the same. */
export function actionOf(guide: Guide, block: Code | Plugin, language: string, id: string, naming: Naming): Action {
  let known = made.get(block);
  if (known?.id !== id || known.naming !== naming)
    made.set(block, (known = { id, naming, action: makeAction(guide, block, language, id, naming) }));
  return known.action;
}

function makeAction(guide: Guide, block: Code | Plugin, language: string, id: string, naming: Naming): Action {
  const attribute = (name: string): string | undefined =>
    block.kind === 'code' ? block.attributes.find((candidate) => candidate.name === name)?.value : undefined;
  const tool = attribute('tool');
  const dialect = attribute('dialect');
  const resultName = attribute('as');
  const timeoutMs = readDuration(attribute('timeout'));
  const retries = attribute('retries');
  const placeholders = findPlaceholders(block, language, naming);
  const toCode = codeOffsets(block);
  const holes = placeholders.flatMap(({ span }) => {
    const start = toCode(span.start);
    const end = toCode(span.end);
    return start === null || end === null ? [] : [{ start, end }];
  });
  return {
    id,
    language,
    ...(tool !== undefined && { tool }),
    ...(resultName !== undefined && { resultName }),
    ...(dialect !== undefined && { dialect }),
    ...(timeoutMs !== null && { timeoutMs }),
    ...(retries !== undefined && /^\d{1,3}$/.test(retries) && { retries: Number(retries) }),
    code: block.code,
    source: sourceOf(guide, block.contentSpan),
    lineOffsets: block.lineOffsets,
    placeholders,
    parameters: parameterNames(placeholders),
    effect: classifyEffect({ language, ...(dialect !== undefined && { dialect }), code: block.code, holes }),
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `30s`, `500ms`, `2m`, `1h`; a bare number is seconds. Null when it is none of these. */
export function readDuration(text: string | undefined): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|m|min|h)?$/.exec(text ?? '');
  return match ? Math.round(Number(match[1]) * (units[match[2] ?? 's'] ?? 1000)) : null;
}

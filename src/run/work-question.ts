// Makes the question for a model that works a step: the step's words, the tools it may choose among, what its calls have given
// so far. Results are free of secrets already when they reach the state.
import type { Classification } from '../plan/index.ts';
import { evidenceText, shortText } from './judge-question.ts';
import type { BudgetShare } from './model-budget.ts';
import type { RenderedAction, Tool } from './ports.ts';
import type { ActionState, NodeState, RunState } from './state.ts';
import type { RunRequest } from './view.ts';
import type { WorkCall, WorkQuestion, WorkTool } from './work.ts';

/** Characters that all results may have together, and the fewest of one. */
const mostCharacters = 12_000;
const fewestCharacters = 1500;
const longestAbout = 3000;

/** The tools that a step's own words or fences name; where they name none, all of them. */
export function toolsOfStep({ node }: NodeState, tools: readonly Tool[]): readonly Tool[] {
  const words = `${node.title}\n${node.description}`;
  const named = tools.filter(({ name }) => node.actions.some(({ tool }) => tool === name) || mentions(words, name));
  return named.length > 0 ? named : tools;
}

function mentions(words: string, name: string): boolean {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'i').test(words);
}

/** A tool as it is told to a model; `offers` is what the tool says that it has. */
export function workTool(tool: Tool, offers: string): WorkTool {
  const about = [tool.describe(), offers].filter((part) => part !== '').join('\n');
  return { name: tool.name, languages: tool.languages, about: shortText(about, longestAbout) };
}

/** The question as the run stands. */
export function workQuestion(
  state: RunState,
  node: NodeState,
  request: Extract<RunRequest, { readonly kind: 'decision' }> | null,
  bounds: { readonly tools: readonly WorkTool[]; readonly maxCalls: number; readonly within: BudgetShare | undefined },
): WorkQuestion {
  const { tools, maxCalls, within } = bounds;
  const made = node.actions.filter(({ byModel }) => byModel);
  const share = Math.max(fewestCharacters, Math.floor(mostCharacters / Math.max(1, made.length)));
  return {
    node: node.node.id,
    title: node.node.title,
    description: shortText(node.node.description),
    conditions: request?.choices.map(({ condition }) => condition) ?? [],
    tools,
    parameters: plainParameters(state),
    done: made.map((action) => callOf(action, share)),
    callsLeft: Math.max(0, (state.judge?.work?.calls ?? 0) - made.length),
    maxCalls,
    ...(within && { within }),
  };
}

function callOf({ action, tool, text, result, failure }: ActionState, share: number): WorkCall {
  const seen = result ?? failure?.partial;
  return {
    id: action.id,
    tool: tool ?? action.tool ?? '',
    text: text ?? action.code,
    found: seen ? shortText(evidenceText(seen), share) : '',
    ...(failure && { failed: failure.message }),
  };
}

/** Values of parameters that are no secret, as text. */
export function plainParameters({ plan, params }: RunState): Readonly<Record<string, string>> {
  const plain = plan.guide.parameters.filter(({ name, secret }) => !secret && params[name] !== undefined);
  return Object.fromEntries(plain.map(({ name }) => [name, String(params[name] as string | number | boolean)]));
}

/** Tools whose calls may be anything that a machine can do. */
const commandTools: ReadonlySet<string> = new Set(['shell', 'ssh', 'powershell', 'python', 'javascript']);

const reachesElsewhere =
  /:\/\/|\/dev\/(?:tcp|udp)|(?<![\w-])(?:curl|wget|dig|host|nslookup|ping6?|traceroute|tracepath|nc|ncat|telnet|getent|redis-cli|aws|az|gcloud|ssh|scp|sftp|rsync|ftp|git|Invoke-(?:WebRequest|RestMethod)|iwr|irm|Test-(?:Net)?Connection|Resolve-DnsName)(?![\w-])/i;

/**
 * What an action may do when a model chose it. A command that reads here and tells somebody elsewhere is harmless in an author's
 * guide, and a way out for what was found when a machine's output could have asked for it: it counts as unknown.
 */
export function classifyForModel(tool: Tool, rendered: RenderedAction, classified: Classification): Classification {
  if (classified.effect !== 'read' || !commandTools.has(tool.kind) || !reachesElsewhere.test(rendered.text))
    return classified;
  return { effect: 'unknown', because: 'it may reach another machine, and what it sends would leave this one' };
}

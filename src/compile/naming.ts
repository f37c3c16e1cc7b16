// What a whole guide says of the names in its code: which are declared as parameters, which some block gives a value to, and which
// words stand for a value ("replace `my-cluster` with …"). A block's placeholders follow from that and its own text.
import { allMatches, onceFor, remember } from '../base/index.ts';
import { objectsInPowershell } from '../effect/index.ts';
import type { Block, Code, Guide, Plugin } from '../guide/index.ts';
import { mayReadVariables } from './find-placeholders.ts';
import { textsInSections } from './in-sections.ts';
import { actionLanguage } from './read-actions.ts';
import { replacementsIn, type Replacement } from './read-replacements.ts';

/** The same object for the same answers, so that what follows from it need not be found again. */
export interface Naming {
  readonly declared: ReadonlySet<string>;
  /** Variables that some block sets. */
  readonly assigned: ReadonlySet<string>;
  /** The same in lower case, for PowerShell. */
  readonly assignedAnyCase: ReadonlySet<string>;
  /** True when a block runs what may set any variable (`source env.sh`), or goes to another shell. */
  readonly isOpen: boolean;
  readonly replacements: readonly Replacement[];
}

export function namingOf(guide: Guide, declared: readonly string[]): Naming {
  // Names that no shell reads are as good as not set: an edit to a query need not have all code read again.
  const read = new Set(namesRead(guide.root));
  const lines =
    read.size === 0 ? [] : settingLines(guide.root).filter((name) => name === open || read.has(name.toLowerCase()));
  return namingFrom(JSON.stringify([declared, lines, replacementsIn(guide)]));
}

/** Names in code of shells that have variables, in lower case: whether one of these is set may be asked. */
const namesRead = textsInSections(({ blocks }): readonly string[] => codesIn(blocks).flatMap(namesReadIn));

const namesReadIn = onceFor((block: Code | Plugin): readonly string[] =>
  mayReadVariables(block.code, actionLanguage(block))
    ? allMatches(block.code, /[A-Za-z_]\w*/g).map(([name]) => name.toLowerCase())
    : [],
);

const open = '.';

const namingFrom = remember((key: string): Naming => {
  const [declared, assigned, replacements] = JSON.parse(key) as [string[], string[], Replacement[]];
  return {
    declared: new Set(declared),
    assigned: new Set(assigned),
    assignedAnyCase: new Set(assigned.map((name) => name.toLowerCase())),
    isOpen: assigned.includes(open),
    replacements,
  };
});

/** Names that the code of a section sets; `.` where it may set any. */
const settingLines = textsInSections(({ blocks }): readonly string[] => codesIn(blocks).flatMap(settableIn));

function codesIn(blocks: readonly Block[]): (Code | Plugin)[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'list') return block.items.flatMap((item) => codesIn(item.blocks));
    if (block.kind === 'quote') return codesIn(block.blocks);
    return block.kind === 'code' || block.kind === 'plugin' ? [block] : [];
  });
}

/** Generous, where `assignedNames` is strict: what may be set by a block must not be asked of a person. */
const settableIn = onceFor(({ code }: { readonly code: string }): readonly string[] => {
  if (!/[$=]|\b(?:read|source|eval|exec|ssh)\b|^\s*\.\s/m.test(code)) return [];
  const names = new Set<string>();
  for (const { 1: name = '', index, 0: whole } of allMatches(code, assignment)) {
    if (ofOption.test(code.slice(Math.max(0, index - 60), index))) continue;
    const value = code.slice(index + whole.length, index + whole.length + name.length + 5);
    // `NAMESPACE="$NAMESPACE"` hands over what was there before.
    if (!new RegExp(String.raw`^["']?\$\{?${name}\b`).test(value)) names.add(name);
  }
  for (const { 1: words, 2: loop } of allMatches(code, setting))
    for (const [name] of allMatches(words ?? loop ?? '', /(?<![$\w-])[A-Za-z_]\w*/g)) names.add(name);
  for (const { 1: name, 2: other } of allMatches(code, named)) names.add(name ?? other ?? '');
  for (const [, ...groups] of allMatches(code, declaring))
    for (const { 1: name = '' } of allMatches(groups.join(' '), /\$([A-Za-z_]\w*)/g)) names.add(name);
  for (const { 1: name = '' } of allMatches(code, /\$\{([A-Za-z_]\w*):?=/g)) names.add(name);
  for (const name of objectsInPowershell(code)) names.add(name);
  if (opening.test(code)) names.add(open);
  return [...names];
});

const assignment =
  /(?<![\w$.-])\$?(?:(?:script|global|local|private|env):)?([A-Za-z_]\w*)[ \t]*(?:\[[^\]\n]*\])?[ \t]*(?:\+|-|\?\?)?=(?![=~])/g;
/** "`-l app=web`": told to a command by an option. */
const ofOption = /(?<!\b(?:export|env))\s--?[A-Za-z][\w-]*[ =]["']?$/;
/** Commands and options with the names of the variables that they set. */
const setting =
  /(?:\b(?:read|mapfile|readarray|getopts|declare|local|typeset|readonly|unset|let|printf\s+-v|setenv)[ \t]|\(\()([^;|&\n]{0,200})|\b(?:for|select)\s+([A-Za-z_]\w*)\s+in\b/g;
/** PowerShell's, whose names have their sign. */
const declaring =
  /\bparam\s*\(([^]{0,2000}?)\)\s*(?:\n|$)|\bfunction\s+[\w-]+\s*\(([^)]{0,500})\)|\bforeach\s*\(\s*(\$\w+)|\[ref\]\s*(\$\w+)/gi;
/** … and those that have none: `-OutVariable rows`, `Set-Variable -Name x`. */
const named =
  /-(?:\w*Variable|ov|ev|pv|wv|iv|sv)[ \t]+['"]?\+?([A-Za-z_]\w*)|\b(?:Set|New)-Variable\s+(?:-Name\s+)?['"]?([A-Za-z_]\w*)/gi;
const opening = /(?:^|[;&|(]|\bthen|\bdo)\s*(?:source|\.|eval)\s+\S/m;

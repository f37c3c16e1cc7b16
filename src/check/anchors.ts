// Where links into a guide can lead.
import { allMatches, Memory, type Text } from '../base/index.ts';
import type { GuideFacts, SectionFacts } from './guide-facts.ts';

/**
 * Where links can lead, by their letters and digits alone, because renderers make anchors in different ways. Headings are
 * looked for in the text itself: those in lists and quotes are no sections, and yet have anchors.
 */
export function anchorsOf(text: string): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const add = (name: string): void => {
    const slug = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    if (!anchors.has(bareAnchor(name))) anchors.set(bareAnchor(name), slug);
  };
  for (const [, words = ''] of allMatches(text, /^[ \t>*+\d.)-]*#{1,6}[ \t]+([^\r\n]{1,300})/gm)) {
    add(words.replace(/\{#[\w-]+\}|\[([^\]]*)\]\([^)]*\)|<[^<>]*>/g, '$1').replace(/[ \t]+#*[ \t]*$/, ''));
    const own = /\{#([\w-]+)\}/.exec(words)?.[1];
    if (own !== undefined) add(own);
  }
  for (const [, words = ''] of allMatches(text, /^([^\r\n]{1,300})\r?\n[ \t>]*(?:=+|-+)[ \t]*$/gm)) add(words);
  for (const [, name = ''] of allMatches(text, /\b(?:id|name)=["']([^"'\r\n]{1,200})["']/g)) add(name);
  return anchors;
}

/** The same, found out section by section. */
export function anchorsIn(text: Text, facts: GuideFacts): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  for (const part of facts.parts) {
    let own = known.get(part);
    if (!own) {
      const { start, end } = facts.ownSpan(part);
      known.set(part, (own = anchorsOf(text.slice(start, end))));
    }
    for (const [bare, slug] of own) if (!anchors.has(bare)) anchors.set(bare, slug);
  }
  return anchors;
}

const known = new Memory<SectionFacts, ReadonlyMap<string, string>>();

/** An anchor's letters and digits. */
export function bareAnchor(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

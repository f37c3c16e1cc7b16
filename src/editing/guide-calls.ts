// The other guides that a guide sends its reader to: links to markdown files, and file names in back-ticks.
import type { Span } from '../base/index.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { guideLinks } from './guide-links.ts';
import { nodeAt } from './places.ts';

/**
 * One place that leads to another guide.
 *
 *     Follow [Failover](../db/failover.tsg.md#step-2).     `path` `../db/failover.tsg.md`, `anchor` `step-2`; `span` covers the link
 */
export interface GuideCall {
  /** Relative to the guide's folder, as written, with `%20` and the like decoded. */
  readonly path: string;
  readonly anchor: string | null;
  readonly span: Span;
  /** The step it stands in; null outside of all. */
  readonly node: NodeId | null;
}

/** In the order of the text. */
export function guideCalls(analysis: Analysis): readonly GuideCall[] {
  const { guide, plan } = analysis;
  const made = (path: string, anchor: string | null, span: Span): GuideCall => ({
    path,
    anchor,
    span,
    node: nodeAt(plan, span.start)?.id ?? null,
  });
  const links = flatGuide(guide).proses.flatMap(({ links: all }) =>
    all.flatMap(({ target, span }): GuideCall[] => {
      const parts = /^(?!\w+:|\/\/|#)([^#?]+\.md)(?:#(.*))?$/i.exec(target);
      return parts?.[1] === undefined ? [] : [made(decode(parts[1]), parts[2] ?? null, span)];
    }),
  );
  const names = guideLinks(analysis).flatMap((link) =>
    link.kind === 'file' ? [made(link.path, null, link.span)] : [],
  );
  return [...links, ...names].sort((a, b) => a.span.start - b.span.start);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

// All places that name the thing at the cursor: for "Find all references" and for highlighting them while the cursor rests.
import { touches, type Span } from '../base/index.ts';
import type { NodeId, Plan } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { occurrenceAt, occurrencesOf, sameSymbol, type GuideSymbol, type Occurrence } from './occurrences.ts';
import { titleSpanOfNode } from './places.ts';

/** Places that name what the offset stands on, in the order of the text; ranges ("Steps 2 through 10") count for the steps in them. */
export function referencesAt(analysis: Analysis, offset: number, withDeclaration = true): readonly Span[] {
  const symbol = occurrenceAt(analysis, offset)?.symbol;
  if (!symbol) return [];
  const { all, ranges } = occurrencesOf(analysis);
  const named = all.filter(
    (one) => sameSymbol(one.symbol, symbol) && (withDeclaration || one.role === 'mention') && !isTitleTwice(one),
  );
  const around =
    symbol.kind === 'step' ? ranges.filter(({ from, to }) => liesBetween(analysis.plan, symbol.node, from, to)) : [];
  return [...named, ...around].map(({ span }) => span).sort((a, b) => a.start - b.start);
}

/** A heading declares its step by number and title; once is enough. */
function isTitleTwice({ role, form }: Occurrence): boolean {
  return role === 'declaration' && form === 'number';
}

function liesBetween(plan: Plan, node: NodeId, from: NodeId, to: NodeId): boolean {
  const place = (id: NodeId): number => plan.nodes.findIndex((one) => one.id === id);
  const at = place(node);
  return place(from) < at && at < place(to);
}

/** Places to light up, and whether each one declares the thing. */
export function highlightsAt(analysis: Analysis, offset: number): readonly Pick<Occurrence, 'span' | 'role'>[] {
  const symbol = occurrenceAt(analysis, offset)?.symbol;
  if (!symbol) return [];
  return occurrencesOf(analysis).all.filter((one) => sameSymbol(one.symbol, symbol));
}

/** Where a thing is declared; a step's whole name counts. */
export function declarationOf(analysis: Analysis, symbol: GuideSymbol): Span | undefined {
  if (symbol.kind === 'step') return titleSpanOfNode(analysis.plan, symbol.node);
  const { all } = occurrencesOf(analysis);
  return all.find((one) => one.role === 'declaration' && sameSymbol(one.symbol, symbol))?.span;
}

/** The thing that a place names, when the cursor stands on a name of it. */
export function symbolAt(analysis: Analysis, offset: number): GuideSymbol | undefined {
  const found = occurrenceAt(analysis, offset);
  return found && touches(found.span, offset) ? found.symbol : undefined;
}

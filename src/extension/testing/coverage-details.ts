// Coverage of a guide by its tests in the editor's terms: a step is a statement, an edge a declaration, and each of the two
// sides of a condition a branch.
import * as vscode from 'vscode';
import type { LineIndex } from '../../base/index.ts';
import { findNode, hasSides, joinCoverages, waysOf, type Coverage, type Measure, type Plan } from '../../plan/index.ts';
import { nodeName } from '../../run/index.ts';
import { toRange } from '../to-vscode.ts';

/** A guide's coverage with its details, which the editor asks for when the guide is looked at. */
export class GuideCoverage extends vscode.FileCoverage {
  readonly details: readonly vscode.FileCoverageDetail[];
  readonly plan: Plan;
  readonly coverage: Coverage;
  readonly #lines: LineIndex;

  constructor(uri: vscode.Uri, plan: Plan, lines: LineIndex, coverage: Coverage) {
    super(uri, count(coverage.steps), count(coverage.sides), count(coverage.edges));
    this.plan = plan;
    this.#lines = lines;
    this.coverage = coverage;
    this.details = [...stepDetails(plan, lines, coverage), ...edgeDetails(plan, lines, coverage)];
  }

  /** With what another file of tests covers of the guide, where that saw it as it is here. */
  with(other: GuideCoverage | undefined): GuideCoverage {
    if (!other || other.plan.guide.sha256 !== this.plan.guide.sha256) return this;
    return new GuideCoverage(this.uri, this.plan, this.#lines, joinCoverages(this.coverage, other.coverage));
  }
}

function count({ covered, total }: Measure<unknown>): vscode.TestCoverageCount {
  return new vscode.TestCoverageCount(covered, total);
}

function stepDetails(plan: Plan, lines: LineIndex, { steps, sides }: Coverage): readonly vscode.StatementCoverage[] {
  const missing = new Set(steps.missing);
  const unseen = new Set(sides.missing.map(({ edge, side }) => `${side} ${edge.id}`));
  return plan.nodes.flatMap((node) => {
    const source = node.titleSource ?? node.source;
    if (node.kind !== 'step' || !source) return [];
    const branches = waysOf(plan).flatMap((edge) => {
      if (edge.from !== node.id || !edge.source || !hasSides(edge)) return [];
      const range = toRange(lines, edge.source.span);
      return (['held', 'did not hold'] as const).map((side) => {
        const label = `\u2192 ${nodeName(edge.to)} ${side}: ${edge.condition ?? ''}`;
        return new vscode.BranchCoverage(!unseen.has(`${side} ${edge.id}`), range, label);
      });
    });
    return [new vscode.StatementCoverage(!missing.has(node.id), toRange(lines, source.span), branches)];
  });
}

function edgeDetails(plan: Plan, lines: LineIndex, { edges }: Coverage): readonly vscode.DeclarationCoverage[] {
  const missing = new Set(edges.missing.map(({ id }) => id));
  return waysOf(plan).flatMap((edge) => {
    const source = edge.source ?? findNode(plan, edge.from)?.titleSource;
    if (!source) return [];
    const name = `${nodeName(edge.from)} \u2192 ${nodeName(edge.to)}`;
    return [new vscode.DeclarationCoverage(name, !missing.has(edge.id), toRange(lines, source.span))];
  });
}

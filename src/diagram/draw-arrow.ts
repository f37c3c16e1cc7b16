// Draws one arrow: its line with rounded bends, its head, its own small end if it has one, and its label.
import { decidedByWords, describeArrow } from './describe.ts';
import type { Arrow, Point } from './diagram.ts';
import { type Mark, markClass, markIcon, markWords } from './draw-mark.ts';
import { deciderIcon, outcomeIcon } from './icons.ts';
import { metrics, outcomeWord } from './measure-plan.ts';
import type { EdgePicture } from './run-picture.ts';
import { type Shape, shape, textWidth } from '../base/index.ts';

const headLength = 9;
const headHalf = 4;
const bendRadius = 14;

/** Line and label apart, so that all labels can lie above all lines. */
export function drawArrow(
  arrow: Arrow,
  edge?: EdgePicture,
  mark?: Mark,
): { readonly line: Shape; readonly label: Shape | null } {
  const status = edge ? ` edge-${edge.status}` : '';
  const classes = `arrow arrow-${arrow.kind}${arrow.outcome ? ` outcome-${arrow.outcome}` : ''}${status}${markClass(mark)}`;
  const name = `${describeArrow(arrow, edge)}${markWords(mark)}`;
  const line = shape(
    'g',
    { class: classes, 'data-edge': arrow.id },
    shape('title', {}, name),
    shape('path', { class: 'arrow-reach', d: linePath(arrow.points) }),
    shape('path', { class: 'arrow-line', d: linePath(shortened(arrow.points)) }),
    shape('path', { class: 'arrow-head', d: headPath(arrow.points) }),
    arrow.terminal ? drawTerminal(arrow) : null,
    mark && !arrow.label ? signOnLine(mark, arrow.points) : null,
  );
  return { line, label: arrow.label ? drawLabel(arrow, name, classes, edge, mark) : null };
}

function drawLabel(
  arrow: Arrow,
  name: string,
  classes: string,
  edge: EdgePicture | undefined,
  mark: Mark | undefined,
): Shape | null {
  const label = arrow.label;
  if (!label) return null;
  const pad = metrics.conditionPadding;
  const icon = deciderIcon(arrow.decider);
  const left = pad + (icon && label.lines.length > 0 ? metrics.markWidth : 0);
  const afterLines = pad + label.lines.length * metrics.conditionLine;
  return shape(
    'g',
    {
      class: `${classes} arrow-label`,
      transform: `translate(${label.x} ${label.y})`,
      'data-edge': arrow.id,
      role: 'img',
      'aria-label': name,
    },
    shape('title', {}, name),
    shape('rect', { class: 'label-shape', width: label.w, height: label.h, rx: 4 }),
    icon && label.lines.length > 0 ? shape('g', { transform: `translate(${pad + 6} ${pad + 6})` }, icon) : null,
    ...label.lines.map((line, i) =>
      shape('text', { class: 'condition', x: left, y: pad + 10 + i * metrics.conditionLine }, line),
    ),
    arrow.outcome
      ? shape(
          'g',
          { class: 'outcome', transform: `translate(${pad} ${afterLines + 3})` },
          shape('g', { transform: 'translate(6 6)' }, outcomeIcon(arrow.outcome)),
          shape('text', { class: 'outcome-word', x: 16, y: 10 }, outcomeWord(arrow.outcome)),
        )
      : null,
    edge && edge.status !== 'pending' && edge.decidedBy && arrow.decider !== 'always'
      ? drawDecision(label.w, label.h, edge)
      : null,
    mark ? markIcon(mark, label.w - 1, 1) : null,
    mark && 'sides' in mark && mark.sides ? drawSides(label.w, label.h, mark.sides) : null,
  );
}

/** A tag on the label's lower border: a tick or a cross, and who decided. */
function drawDecision(labelWidth: number, labelHeight: number, edge: EdgePicture): Shape {
  const who = edge.decidedBy ?? 'none';
  const text = `${edge.status === 'enabled' ? '✓' : '✗'} ${who === 'upstream' ? 'not reached' : who}`;
  const title = `${edge.status} ${decidedByWords(who)}${edge.because ? `: ${edge.because}` : ''}`;
  return drawTag(labelWidth, labelHeight, text, title);
}

/** A tag on the label's lower border: whether the condition has held, and whether it has not. */
function drawSides(
  labelWidth: number,
  labelHeight: number,
  { held, didNotHold }: { readonly held: boolean; readonly didNotHold: boolean },
): Shape {
  const sign = (seen: boolean): string => (seen ? '✓' : '✗');
  const said = (seen: boolean): string => (seen ? 'seen' : 'never seen');
  const title = `Sides of the condition: held ${said(held)}, did not hold ${said(didNotHold)}`;
  return drawTag(labelWidth, labelHeight, `held ${sign(held)}  not held ${sign(didNotHold)}`, title);
}

function drawTag(labelWidth: number, labelHeight: number, text: string, title: string): Shape {
  const width = Math.ceil(textWidth(text, metrics.badgeFont)) + 14;
  return shape(
    'g',
    { class: 'decision', transform: `translate(${labelWidth - width + 6} ${labelHeight - 3})` },
    shape('title', {}, title),
    shape('rect', { class: 'decision-shape', width, height: 14, rx: 7 }),
    shape('text', { class: 'decision-word', x: width / 2, y: 10.5, 'text-anchor': 'middle' }, text),
  );
}

function drawTerminal(arrow: Arrow): Shape | null {
  const end = arrow.terminal;
  if (!end) return null;
  const words = arrow.outcome ? `End: ${outcomeWord(arrow.outcome)}` : 'End';
  return shape(
    'g',
    { class: 'small-end', transform: `translate(${end.x} ${end.y})` },
    shape('rect', { class: 'node-shape', width: end.w, height: end.h, rx: end.h / 2 }),
    shape('rect', { class: 'inner-border', x: 2.5, y: 2.5, width: end.w - 5, height: end.h - 5, rx: end.h / 2 - 2.5 }),
    shape('text', { class: 'terminal-label', x: end.w / 2, y: end.h / 2 + 4, 'text-anchor': 'middle' }, words),
  );
}

/** The sign of an arrow without a label, half way along it. */
function signOnLine(mark: Mark, points: readonly Point[]): Shape {
  const whole = points.slice(1).reduce((sum, point, i) => sum + length(points[i] ?? point, point), 0);
  let left = whole / 2;
  for (const [i, point] of points.slice(1).entries()) {
    const before = points[i] ?? point;
    const piece = length(before, point);
    if (left <= piece) {
      const middle = towards(before, point, left);
      return markIcon(mark, middle.x, middle.y);
    }
    left -= piece;
  }
  return markIcon(mark, points[0]?.x ?? 0, points[0]?.y ?? 0);
}

/** A polyline whose bends are rounded. */
function linePath(points: readonly Point[]): string {
  const [first] = points;
  if (!first) return '';
  let d = `M${at(first)}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, bend, after] = [points[i - 1], points[i], points[i + 1]];
    if (!before || !bend || !after) continue;
    const radius = Math.min(bendRadius, length(before, bend) / 2, length(bend, after) / 2);
    d += `L${at(towards(bend, before, radius))}Q${at(bend)} ${at(towards(bend, after, radius))}`;
  }
  const last = points[points.length - 1];
  return last && points.length > 1 ? `${d}L${at(last)}` : d;
}

/** The line without the part that the head covers. */
function shortened(points: readonly Point[]): readonly Point[] {
  const [tip, before] = [points[points.length - 1], points[points.length - 2]];
  if (!tip || !before || length(before, tip) <= headLength) return points;
  return [...points.slice(0, -1), towards(tip, before, headLength - 1)];
}

function headPath(points: readonly Point[]): string {
  const tip = points[points.length - 1];
  const before = points.findLast((point) => tip !== undefined && length(point, tip) > 0.5);
  if (!tip || !before) return '';
  const back = towards(tip, before, headLength);
  const scale = headHalf / headLength;
  const [nx, ny] = [(tip.y - back.y) * scale, (back.x - tip.x) * scale];
  return `M${at(tip)}L${at({ x: back.x + nx, y: back.y + ny })}L${at({ x: back.x - nx, y: back.y - ny })}Z`;
}

function towards(from: Point, to: Point, by: number): Point {
  const all = length(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * by) / all, y: from.y + ((to.y - from.y) * by) / all };
}

function length(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function at(point: Point): string {
  return `${Math.round(point.x * 10) / 10} ${Math.round(point.y * 10) / 10}`;
}

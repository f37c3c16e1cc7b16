// The style sheet of a drawing, written once over named colours: an exported picture fills in fixed values,
// the webview fills in variables of the editor's theme.
import type { Mark } from './draw-mark.ts';
import { metrics } from './measure-plan.ts';

export type ColourName =
  | 'page'
  | 'box'
  | 'border'
  | 'text'
  | 'muted'
  | 'line'
  | 'label'
  | 'terminal'
  | 'badge'
  | 'warning'
  | 'resolved'
  | 'mitigated'
  | 'escalated'
  | 'neutral'
  | 'succeeded'
  | 'failed'
  | 'running'
  | 'waiting'
  | 'skipped'
  | 'focus'
  | 'current'
  | 'on-status'
  | 'added'
  | 'removed'
  | 'changed';

/** Rules for every class that the drawing uses. `colour` gives the value or variable of a name. */
export function diagramStyle(colour: (name: ColourName) => string): string {
  const status = (name: string, value: ColourName): string =>
    `.status-${name}>.node-shape{stroke:${colour(value)};stroke-width:2}` +
    `.status-${name} .status-word{fill:${colour(value)}}.status-${name} .icon-disc,.status-${name} .icon-solid{fill:${colour(value)}}` +
    `.status-${name} .icon-ring{stroke:${colour(value)}}`;
  const outcome = (name: string, value: ColourName): string =>
    `.outcome-${name} .outcome-word{fill:${colour(value)}}.outcome-${name} .outcome-icon{stroke:${colour(value)}}` +
    `.outcome-${name} .small-end .node-shape,.outcome-${name} .small-end .inner-border{stroke:${colour(value)}}`;
  const mark = (name: Mark['kind'], value: ColourName, dashes: string): string =>
    `.mark-${name}>.node-shape{stroke:${colour(value)};stroke-width:2.2;${dashes}}` +
    `.mark-${name}>.arrow-line{stroke:${colour(value)};stroke-width:2.4;${dashes}}.mark-${name}>.arrow-head{fill:${colour(value)}}` +
    `.mark-${name}>.label-shape{stroke:${colour(value)};stroke-width:1.4;${dashes}}` +
    `.mark-${name} .mark-shape{fill:${colour(value)}}.mark-${name} .mark-word{fill:${colour(value)}}`;
  return [
    `.node-shape{fill:${colour('box')};stroke:${colour('border')};stroke-width:1}`,
    `.node text,.arrow-label text,.small-end text{fill:${colour('text')}}`,
    `.node-label{font-size:${metrics.labelFont}px;font-weight:600}.node .node-label{fill:${colour('muted')}}`,
    `.node-title{font-size:${metrics.titleFont}px}`,
    `.status-word{font-size:${metrics.labelFont}px;font-weight:600}`,
    `.terminal-label{font-size:12px;font-weight:600}.small-end .terminal-label{font-size:${metrics.labelFont}px}`,
    `.node-start>.node-shape,.node-end>.node-shape{stroke:${colour('terminal')};stroke-width:1.5}`,
    `.inner-border{fill:none;stroke:${colour('terminal')};stroke-width:1}.terminal-icon{fill:${colour('terminal')}}`,
    `.badge-shape{fill:none;stroke:${colour('badge')};stroke-width:1}`,
    `.badge-text{font-size:${metrics.badgeFont}px}.badge .badge-text{fill:${colour('muted')}}`,
    `.badge-write .badge-shape,.badge-approval .badge-shape,.badge-unknown .badge-shape{stroke:${colour('warning')}}`,
    `.badge-write .badge-text,.badge-approval .badge-text,.badge-unknown .badge-text{fill:${colour('warning')}}`,
    `.badge-guide .badge-shape{stroke:${colour('terminal')}}.badge-guide .badge-text{fill:${colour('terminal')};font-weight:600}`,
    `.badge-unknown .badge-shape{stroke-dasharray:3 2}`,
    `.arrow-line{fill:none;stroke:${colour('line')};stroke-width:1.4}.arrow-head{fill:${colour('line')}}`,
    `.arrow-reach{fill:none;stroke:none;stroke-width:12;pointer-events:stroke}`,
    `.arrow-repeat .arrow-line{stroke-dasharray:6 4}`,
    `.label-shape{fill:${colour('label')};stroke:${colour('badge')};stroke-width:.75}`,
    `.condition,.outcome-word{font-size:${metrics.conditionFont}px}.outcome-word{font-weight:600}`,
    `.outcome-icon{fill:none;stroke-width:1.8}`,
    `.decider .icon-outline{fill:none;stroke:${colour('muted')};stroke-width:1.4}.decider .icon-solid{fill:${colour('muted')}}`,
    `.icon-glyph{fill:none;stroke:${colour('on-status')};stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}`,
    `.icon-ring{fill:none;stroke-width:1.6}.icon-ring.faint{opacity:.35}.icon-ring.dotted{stroke-dasharray:2.2 1.8}`,
    outcome('resolved', 'resolved'),
    outcome('mitigated', 'mitigated'),
    outcome('escalated', 'escalated'),
    outcome('not-applicable', 'neutral'),
    outcome('completed', 'neutral'),
    status('succeeded', 'succeeded'),
    status('failed', 'failed'),
    status('running', 'running'),
    status('waiting', 'waiting'),
    status('skipped', 'skipped'),
    status('cancelled', 'skipped'),
    status('planned', 'skipped'),
    `.status-skipped>.node-shape,.status-cancelled>.node-shape,.status-planned>.node-shape{stroke-dasharray:5 3;stroke-width:1.2}`,
    `.status-skipped .node-title{fill:${colour('muted')}}`,
    `.edge-enabled .arrow-line{stroke:${colour('succeeded')};stroke-width:2.4}.edge-enabled .arrow-head{fill:${colour('succeeded')}}`,
    `.edge-disabled .arrow-line{stroke-dasharray:2 4;opacity:.6}.edge-disabled .arrow-head{opacity:.6}`,
    `.edge-disabled .condition{fill:${colour('muted')}}`,
    `.decision-shape{fill:${colour('page')};stroke:${colour('badge')};stroke-width:1}.edge-enabled .decision-shape{stroke:${colour('succeeded')}}`,
    `.decision-word{font-size:${metrics.badgeFont}px}`,
    `.mark-word{font-size:${metrics.labelFont}px;font-weight:600}.mark-sign{fill:none;stroke:${colour('on-status')};stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}`,
    `.mark-half{fill:${colour('on-status')}}`,
    mark('added', 'added', ''),
    mark('removed', 'removed', 'stroke-dasharray:5 3'),
    mark('changed', 'changed', ''),
    mark('covered', 'succeeded', ''),
    mark('partly-covered', 'warning', 'stroke-dasharray:10 3'),
    mark('not-covered', 'failed', 'stroke-dasharray:2 3'),
    `.mark-removed .node-title,.mark-removed .condition{fill:${colour('muted')};text-decoration:line-through}`,
    `.focus-ring,.cursor-mark{display:none;fill:none;stroke:${colour('focus')};stroke-width:2;pointer-events:none}`,
    `.node[aria-current]>.cursor-mark{display:inline;fill:${colour('current')};stroke:none}`,
    `.node[aria-current]>.node-shape{stroke:${colour('current')};stroke-width:2.5}`,
  ].join('\n');
}

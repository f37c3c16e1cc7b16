// Tells questions of a run apart: what was asked once is not asked again.
import type { RunRequest } from '../run/index.ts';

/** What makes two requests the same question; a new approval text is a new question. */
export function keyOf(request: RunRequest): string {
  switch (request.kind) {
    case 'approval':
      return `approval ${request.action} ${request.hash}`;
    case 'decision':
      return `decision ${request.node} ${request.round ?? 0}`;
    case 'parameter':
      return `parameter ${request.name}`;
    case 'unknown-outcome':
      return `unknown-outcome ${request.action}`;
    case 'manual-action':
      return `manual-action ${request.action} ${request.round ?? 0}`;
  }
}

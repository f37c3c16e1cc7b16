// Tells questions of a run apart: what was asked once is not asked again.
import type { RunRequest } from '../run/index.ts';

/** What makes two requests the same question; a new approval text is a new question. */
export function keyOf(request: RunRequest): string {
  switch (request.kind) {
    case 'approval':
      return `approval ${request.action} ${request.hash}`;
    case 'decision':
      return `decision ${request.node}`;
    case 'parameter':
      return `parameter ${request.name}`;
    case 'unknown-outcome':
    case 'manual-action':
      return `${request.kind} ${request.action}`;
  }
}

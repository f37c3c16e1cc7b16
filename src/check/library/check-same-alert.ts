// library.same-alert: two guides say that they are for one alert. Whoever is woken by it finds one of them, and perhaps the
// wrong one. A guide that leads to the other by a link is a way to it, and no rival.
import { makeDiagnostic, type Diagnostic } from '../../diagnostics/index.ts';
import { resolveLink, type Library, type LibraryGuide } from './library.ts';

export function checkSameAlert({ guides }: Library): ReadonlyMap<string, readonly Diagnostic[]> {
  const byAlert = new Map<string, LibraryGuide[]>();
  for (const guide of guides) {
    if (guide.movedTo !== null) continue;
    for (const name of new Set(guide.alerts.map((alert) => alert.name)))
      byAlert.set(name, [...(byAlert.get(name) ?? []), guide]);
  }
  const found = new Map<string, Diagnostic[]>();
  for (const [name, rivals] of byAlert) {
    if (rivals.length < 2) continue;
    for (const guide of rivals) {
      const others = rivals.filter((other) => other !== guide && !leadsTo(guide, other) && !leadsTo(other, guide));
      const place = guide.alerts.find((alert) => alert.name === name);
      if (others.length === 0 || !place) continue;
      const named = others
        .slice(0, 3)
        .map(({ file }) => `\`${file}\``)
        .join(', ');
      found.set(guide.file, [
        ...(found.get(guide.file) ?? []),
        makeDiagnostic(
          'library.same-alert',
          place.span,
          `The alert \`${name}\` also belongs to ${named}${others.length > 3 ? ', …' : ''}.`,
          {
            hint: 'Leave the alert to one of them, or let one lead to the other by a link.',
          },
        ),
      ]);
    }
  }
  return found;
}

function leadsTo(from: LibraryGuide, to: LibraryGuide): boolean {
  return from.links.some(({ target }) => resolveLink(from.file, target)?.path === to.file);
}

// A page that is there only to say where its guide lies now.
import type { Guide } from '../guide/index.ts';
import { guideFacts } from './guide-facts.ts';

const says =
  /\b(?:moved|relocated|superseded|replaced|renamed)\b[^.]{0,40}\b(?:to|by|with|here)\b|^\W*moved\b\W|\bnow\s+(?:lives|lies|sits|resides)\s+(?:in|at|under|here)\b|\b(?:can|is|are)\s+now\s+(?:be\s+)?(?:found|kept|maintained)\s+(?:in|at|under|here)\b|\bdeprecated\s+in\s+favou?r\s+of\b|^\W*(?:the\s+)?new\s+(?:location|place|home|page)\s*:/i;

/** Where a short guide says it has moved: "This guide has moved to [the new place](../new/place.md)."; null for any other. */
export function movedTo(guide: Guide): string | null {
  if (guide.text.length > 3000) return null;
  for (const { prose } of guideFacts(guide).proses) {
    if (!says.test(prose.plain)) continue;
    const link = prose.links.find(({ target }) => target !== '' && !target.startsWith('#'));
    if (link) return link.target;
  }
  return null;
}

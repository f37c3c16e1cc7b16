// Lends a suite a hand and an eye: it presses keys and types in the window, and tells what stands there, for tests of what no
// command reaches - keys, menus, input boxes, the look of the status bar. A request is a file `N.json` in a folder that both
// know, its answer `N.done` beside it; the suite runs in a process of its own and sees no page.
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Serves requests of the folder until the returned function is called. */
export function lendHand(page, folder) {
  let over = false;
  const serve = async () => {
    const done = new Set();
    while (!over) {
      for (const name of readdirSync(folder)) {
        if (!name.endsWith('.json') || done.has(name)) continue;
        done.add(name);
        let answer;
        try {
          answer = { value: (await perform(page, JSON.parse(readFileSync(join(folder, name), 'utf8')))) ?? null };
        } catch (error) {
          answer = { error: String(error) };
        }
        const to = join(folder, name.replace(/json$/, 'done'));
        writeFileSync(`${to}.part`, JSON.stringify(answer));
        renameSync(`${to}.part`, to); // At once, so that nobody reads half of it.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  serve().catch((error) => over || console.error('The hand for the tests is gone:', error));
  return () => {
    over = true;
  };
}

function perform(page, { press, type, look, of }) {
  if (press !== undefined) return page.keyboard.press(press);
  if (type !== undefined) return page.keyboard.type(type);
  return page.evaluate(tell, { selector: look, of });
}

/** In the page: of everything visible that a selector finds, its text, an attribute, or a style after `style:`. */
function tell({ selector, of }) {
  return [...document.querySelectorAll(selector)]
    .filter((element) => element.getClientRects().length > 0)
    .map((element) => {
      if (of.startsWith('style:')) return getComputedStyle(element).getPropertyValue(of.slice(6));
      return of === 'text' ? element.innerText : (element.getAttribute(of) ?? '');
    });
}

// Makes HTML elements; texts go in as text, never as markup.

type Content = Node | string | null | undefined | false;

/** An element with a class and content; empty content is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: readonly Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...content.filter((item): item is Node | string => Boolean(item)));
  return made;
}

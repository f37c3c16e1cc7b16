// Turns the drawing's plain shapes into SVG elements.
import type { Shape } from '../src/diagram/index.ts';

const namespace = 'http://www.w3.org/2000/svg';

export function shapeToElement(shape: Shape): SVGElement {
  const element = document.createElementNS(namespace, shape.tag);
  for (const [name, value] of Object.entries(shape.attributes)) element.setAttribute(name, String(value));
  for (const child of shape.children) element.append(typeof child === 'string' ? child : shapeToElement(child));
  return element;
}

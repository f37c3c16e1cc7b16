// Patterns put together from words, to be met by the whole of a line.
import { remember } from '../base/index.ts';

/** The expression of a pattern that a whole line must meet; made once for each. */
export const wholeLine = remember((pattern: string) => new RegExp(`^(?:${pattern})$`), 500);

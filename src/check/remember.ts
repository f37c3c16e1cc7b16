// Remembers what a slow pure function said of the last few texts, because a guide is checked at every keystroke and its code
// blocks seldom change.
export { remember } from '../base/index.ts';

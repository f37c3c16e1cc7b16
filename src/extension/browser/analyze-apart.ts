// Large texts in the browser: the extension's host is a worker already, so the analysis is made there, after what waits.
import { analyze, type AnalyzeAbout } from '../../editing/index.ts';
import type { ApartAnalysis } from '../analyze-apart.ts';

/** Texts from this length on (UTF-16 units) take long enough to be felt. */
export const largeText = 100_000;

export function analyzeApart(_script: string, text: string, about: AnalyzeAbout): ApartAnalysis {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const done = new Promise<ReturnType<typeof analyze>>((resolve) => {
    timer = setTimeout(() => resolve(analyze(text, about)));
  });
  return { done, cancel: () => clearTimeout(timer) };
}

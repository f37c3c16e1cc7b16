// Types of localise-manifest.mjs for the test that reads it.
export function visitShown(
  manifest: Record<string, unknown>,
  visit: (place: string, text: string, replace: (text: string) => void) => void,
): void;

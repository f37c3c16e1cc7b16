// Types of debian-packages.mjs, for the tests that ask for programs.
export declare function findProgram(name: string): string | undefined;
export declare function ensurePrograms<Name extends string>(
  packageOf: Readonly<Record<Name, string>>,
): { readonly programs: Readonly<Record<Name, string>> } | { readonly missing: string };

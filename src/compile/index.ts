// The compile room: guide to plan, one file per pass.
export { isImperative } from './imperative.ts';
export { compile, type CompileAbout } from './compile.ts';

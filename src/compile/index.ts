// The compile room: guide to plan, one file per pass.
export { compile, type CompileAbout } from './compile.ts';

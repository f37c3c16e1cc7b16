// The debug adapter of guides: the session and what its host supplies. Nothing here imports the editor.
export { GuideDebugSession, type SteerCommand } from './guide-debug-session.ts';
export type { DebugHost, DebugTarget, DryTarget, LaunchArguments } from './debug-target.ts';
export { stepAt } from './guide-places.ts';

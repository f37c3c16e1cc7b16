// The tools room: every kind of tool behind one port, opened from settings.
export { type NodeToolbox, openTools } from './open-tools.ts';
export type { SecretReference, ToolboxSettings, ToolHost, ToolSettings } from './tool-host.ts';
export type { SecretSource, ToolContext, ToolKind } from './tool-kind.ts';
export { checkTool, type ToolCheck } from './check-tool.ts';
export { durationSchema } from './amounts.ts';
export { toolKinds } from './tool-kinds.ts';

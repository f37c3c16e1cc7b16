// The effect room: what an action may do, judged by its text alone. Compiling asks it without knowing the tool; a tool that
// knows its dialect and its values asks again. When in doubt the answer is `unknown`, which counts as a write.
export { bodyAsks, headerAsks, orderIn, saidOrder } from './change-address.ts';
export { classifyEffect, classifyKusto, type ActionText } from './classify-effect.ts';
export { classifyKubectl } from './classify-kubectl.ts';
export { classifyPowershell } from './powershell/classify-powershell.ts';
export { expandedInPowershell, objectsInPowershell } from './powershell/expanded-variables.ts';
export { scanPowershell, type Region, type Scan } from './powershell/scan-powershell.ts';
export { classifyShell } from './shell/classify-shell.ts';
export { expandedVariables, type ExpandedVariable } from './shell/expanded-variables.ts';
export { firstError } from './shell/first-error.ts';
export { typedLines } from './shell/terminal-session.ts';
export { classifySql } from './sql/classify-sql.ts';
export { type SqlDialect } from './sql/dialect.ts';
export { significant, splitStatements, tokenizeSql, type SqlToken } from './sql/tokenize-sql.ts';

// What a fence's language is called in a plan: authors write `postgres`, `kql` and `ps1`.

const languages: Readonly<Record<string, string>> = {
  shell: 'shell', sh: 'sh', bash: 'bash', zsh: 'zsh', console: 'console', 'shell-session': 'console',
  shellsession: 'console', terminal: 'console', sql: 'sql', postgres: 'sql', postgresql: 'sql', mysql: 'sql',
  psql: 'sql', plsql: 'sql', tsql: 'sql', sqlite: 'sql', duckdb: 'sql', http: 'http', rest: 'http', curl: 'bash',
  promql: 'promql', prometheus: 'promql', logql: 'logql', kusto: 'kusto', kql: 'kusto', csl: 'kusto',
  powershell: 'powershell', pwsh: 'powershell', ps1: 'powershell', posh: 'powershell', ps: 'powershell', cmd: 'cmd',
  bat: 'cmd', batch: 'cmd', python: 'python', py: 'python', python3: 'python', ruby: 'ruby', rb: 'ruby', node: 'javascript',
  elasticsearch: 'elasticsearch', jaeger: 'jaeger', redis: 'redis', mongodb: 'mongodb', mongosh: 'mongodb', mongo: 'mongodb', mssql: 'sql', pgsql: 'sql', mariadb: 'sql', ksh: 'sh', cypher: 'cypher', spl: 'spl', azurecli: 'bash', 'azurecli-interactive': 'bash',
  'azure-cli': 'bash', 'azurepowershell-interactive': 'powershell', azurepowershell: 'powershell',
}; // prettier-ignore

/** The language that runs what a fence of this name holds; null for a name of data, of output or of nothing known. */
export function fenceLanguage(name: string): string | null {
  return Object.hasOwn(languages, name) ? (languages[name] ?? null) : null;
}

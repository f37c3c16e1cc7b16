// Tells by its name that a parameter holds a secret, so that its value stays out of journals and output without being asked for.

const certain =
  /(?:^|[_-])(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|(?:access|auth|bearer|api|refresh)[_-]?token)$/i;
const likely = /(?:^|[_-])(?:pass|token|secret[_-]?key|credentials?)$/i;
/** Tokens that mark a place, and names of things. */
const harmless = /(?:next|page|continuation|sync|cursor|cancel(?:lation)?|start|end|skip)[_-]?token$/i;

/** True for `password`, `apiKey`, `ACCESS_TOKEN`: no other reading is left. */
export function isSecretName(name: string): boolean {
  return certain.test(spaced(name));
}

/** True for these and for `GRAFANA_TOKEN`, `db_pass`: where nobody has said what it is, it is kept like a secret. */
export function seemsSecret(name: string): boolean {
  const words = spaced(name);
  return certain.test(words) || (likely.test(words) && !harmless.test(words));
}

function spaced(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2');
}

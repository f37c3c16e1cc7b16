// Tells by its name that a parameter holds a secret, so that its value stays out of journals and output without being asked for.

const certain =
  /(?:^|[_-])(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|(?:access|auth|bearer|api|refresh)[_-]?token)$/i;
const likely = /(?:^|[_-])(?:pass|credentials?)$/i;
const token = /(?:^|[_-])(?:token|secret[_-]?key)$/i;
/** Tokens that mark a place, a turn or a device, and let nobody in. */
const harmless =
  /(?:next|prev(?:ious)?|page|continuation|sync|cursor|cancel(?:lation)?|start|end|skip|resume|stop|eos|design|fencing|lock|idempotency|csrf|xsrf|device|push|position|partition|watermark|first|last|max|min|num|count|prompt|input|output)[_-]?token$/i;

/** True for `password`, `apiKey`, `GRAFANA_TOKEN`: no other reading is left. */
export function isSecretName(name: string): boolean {
  const words = spaced(name);
  return certain.test(words) || (token.test(words) && !harmless.test(words));
}

/** True for these and for `db_pass`: where nobody has said what it is, it is kept like a secret. */
export function seemsSecret(name: string): boolean {
  return isSecretName(name) || likely.test(spaced(name));
}

function spaced(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2');
}

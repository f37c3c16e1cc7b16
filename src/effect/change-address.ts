// An address may ask for a change although it is only fetched: consoles of servers, build machines and devices take orders by GET.

const order =
  /^(delete|remove|destroy|drop|purge|flush|flushall|wipe|truncate|clear|reset|restart|reboot|poweroff|reload|shutdown|stop|start|quit|quitquitquit|abortabortabort|exit|kill|terminate|abort|cancel|deploy|redeploy|undeploy|install|uninstall|rollback|disable|enable|revoke|failover|evict|drain|exec|execute|invalidate|trigger|build|buildwithparameters|create|update|set|write|toggle|on|off)$/;

/** Words that are orders as the last part of a path; further up, or in a query, they name things: `/build/42/status`. */
const onlyLast = /^(build|create|update|set|start|stop|write|on|off|clear|cancel|install|enable|disable|toggle|exit)$/;

/** Names of a query's parts that say what is to be done. */
const asking = /^(action|act|cmd|command|op|operation|do|method|_method|power|verb|task)$/;

/** The word by which an address asks for more than to be read; null when there is none. `…` is what only a run tells. */
export function orderIn(address: string): string | null {
  const [path = '', query = ''] = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/);
  const parts = path
    .split('/')
    .map(plainWord)
    .filter((part) => part !== '');
  const found = parts.find((part, index) => order.test(part) && (index === parts.length - 1 || !onlyLast.test(part)));
  if (found !== undefined) return found;
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=').map(plainWord);
    if (asking.test(name) ? order.test(value) : order.test(name) && !onlyLast.test(name))
      return asking.test(name) ? value : name;
    if (asking.test(name) && pair.includes('…')) return name;
  }
  return null;
}

/** `_flush`, `cache:flush`, `Restart.do`: the word that counts. */
function plainWord(part: string): string {
  const said = part.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return said
    .toLowerCase()
    .replace(/…/g, '')
    .replace(/^.*:|\.(?:do|php|cgi|action|aspx?)$/g, '')
    .replace(/[-_]/g, '');
}

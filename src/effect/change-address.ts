// An address may ask for a change although it is only fetched: consoles of servers, build machines and devices take orders by GET.

const order =
  /^(delete|remove|destroy|drop|purge|flush|flushall|wipe|truncate|clear|reset|restart|reboot|poweroff|reload|shutdown|stop|start|quit|quitquitquit|abortabortabort|exit|kill|terminate|abort|cancel|deploy|redeploy|undeploy|install|uninstall|rollback|disable|enable|revoke|failover|evict|drain|exec|execute|invalidate|trigger|build|buildwithparameters|create|update|set|write|toggle|on|off)$/;

/** Words that are orders as the last part of a path; further up, or in a query, they name things: `/build/42/status`. */
const onlyLast = /^(build|create|update|set|start|stop|write|on|off|clear|cancel|install|enable|disable|toggle|exit)$/;

/** More words that are orders as the last part of a path, and as an answer to what is to be done; elsewhere they are plain. */
const lastOrder =
  /^(retry|rerun|relaunch|run|launch|fire|pause|unpause|suspend|resume|unload|lock|unlock|seal|unseal|promote|demote|switchover|failback|stepdown|rotate|refresh|reindex|forcemerge|optimize|optimise|compact|expunge|recover|restore|migrate|rebalance|reroute|resync|register|deregister|unregister|activate|deactivate|approve|reject|expire|logout|ban|unban|block|unblock|mute|unmute|silence|ack|acknowledge|clean|cleanup|prune|gc|poweron|powercycle|turnon|turnoff|wakeup|format|factoryreset)$/;

/** Names of a query's parts that say what is to be done. */
const asking = /^(operation|method|power|verb|task)$/;

/** Names that hardly have another meaning: what they are given must be known to only ask. */
const ordering = /^(action|act|cmd|cmnd|command|op|do|todo|turn)$/;

/** `getfilestatus`, `list_shards`, `clusterstatus`, `version`. */
const questions =
  /^(get|list|ls|show|display|status|state|stats?|query|info|read|search|find|describe|view|open|ping|health|version|count|check|lookup|metrics|details?|summary|history|logs?|print|tail|help|liststatus)|(status|info|list|stats|version|history)$/;

/** The word by which an address asks for more than to be read; null when there is none. `…` is what only a run tells. */
export function orderIn(address: string): string | null {
  const [path = '', query = ''] = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split(/[?#]/);
  const parts = path
    .split('/')
    .map(plainWord)
    .filter((part) => part !== '');
  const found = parts.find((part, index) =>
    index === parts.length - 1 ? order.test(part) || lastOrder.test(part) : order.test(part) && !onlyLast.test(part),
  );
  if (found !== undefined) return found;
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=').map(plainWord);
    const asks = asking.test(name) || ordering.test(name);
    if (asks && pair.includes('…')) return name;
    if (ordering.test(name) ? !questions.test(value) : asks ? isOrder(value) : order.test(name) && !onlyLast.test(name))
      return asks && value !== '' ? value : name;
  }
  return null;
}

const isOrder = (word: string): boolean => order.test(word) || lastOrder.test(word);

/** `_flush`, `cache:flush`, `Restart.do`: the word that counts. */
function plainWord(part: string): string {
  const said = part.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return said
    .toLowerCase()
    .replace(/…/g, '')
    .replace(/^.*:|\.(?:do|php|cgi|action|aspx?)$/g, '')
    .replace(/[-_]/g, '');
}

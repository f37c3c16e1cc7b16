// What is known of a request that sends something (POST): whether its address only asks, whether it certainly gives an order, or
// whether nobody can know from the text. It is for people who read the guide: what a run asks approval for is the effect room's concern.
import { allMatches } from '../base/index.ts';

/** A request in text, with its place. */
export interface SentRequest {
  readonly method: string;
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

/** The requests of an HTTP block, each by its first line. */
export function requestsIn(code: string): readonly SentRequest[] {
  return allMatches(code, /^[ \t]*((GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)[ \t]+(\S+)[^\n]*)/gm).map((match) => {
    const [whole, line = '', method = '', address = ''] = match;
    const start = match.index + whole.length - line.length;
    return { method, address, start, end: start + line.trimEnd().length };
  });
}

/** The request that a `curl` command sends; null when it is no other than one that fetches, or no address is seen. */
export function requestOfCurl(command: string): Pick<SentRequest, 'method' | 'address'> | null {
  if (!/\bcurl\b/.test(command)) return null;
  const method = /(?:-X[ \t]*|--request[ \t=]+)["']?([A-Za-z]+)/.exec(command)?.[1]?.toUpperCase();
  const address = /(?:https?:\/\/|["' \t](?=[$\w.-]+:\d|[$\w.{}-]+\/|[$<{][\w{}<>-]+\/))[^\s"']+/
    .exec(command)?.[0]
    .trim();
  return method === undefined || address === undefined ? null : { method, address: address.replace(/^["']/, '') };
}

/** True for a request of which it is known that it only asks, although it is sent with POST. */
export function onlyAsks({ method, address }: Pick<SentRequest, 'method' | 'address'>): boolean {
  if (/^(?:GET|HEAD|OPTIONS)$/.test(method) || /[?&](?:dry_?run|validate_?only)=(?!false)/i.test(address)) return true;
  return method === 'POST' && asking.some((pattern) => pattern.test(pathOf(address)));
}

/** True for a request that certainly changes something; a POST only by what its address orders. */
export function certainlyChanges({ method, address }: Pick<SentRequest, 'method' | 'address'>): boolean {
  if (onlyAsks({ method, address })) return false;
  if (method !== 'POST') return /^(?:PUT|PATCH|DELETE)$/.test(method);
  const parts = pathOf(address).split('/');
  return parts.slice(-2).some((part) => part.split(/[^A-Za-z]+/).some((word) => order.test(word)));
}

function pathOf(address: string): string {
  return address
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
}

/** Ends of paths, by whose interface they are. */
const asking: readonly RegExp[] = [
  // Elasticsearch and OpenSearch.
  /(?:^|\/)_(?:search|count|msearch|mget|field_caps|terms_enum|analyze|rank_eval|sql|query|search_shards|knn_search|m?termvectors|async_search)(?:\/(?:template|point|translate|async))?$/,
  /(?:^|\/)_(?:validate\/query|eql\/search|render\/template|cluster\/allocation\/explain|search\/scroll|(?:plugins|opendistro)\/_(?:sql|ppl)(?:\/_explain)?)$/,
  /(?:^|\/)_(?:explain(?:\/[^/]+)?|simulate(?:\/[^/]+)?|termvectors\/[^/]+)$/,
  // Prometheus and what speaks like it, Loki.
  /\/api\/v1\/(?:query|query_range|query_exemplars|series|labels|label\/[^/]+\/values|format_query|parse_query|read|index\/(?:stats|volume|volume_range))$/,
  // Kusto, Log Analytics, the resource graph.
  /\/v[12]\/rest\/query$|\/(?:workspaces|apps)\/[^/]+\/query$|\/microsoft\.resourcegraph\/resources$/i,
  // "search" and "query" say it themselves: Grafana, InfluxDB, trackers, logs.
  /(?:\/|:)_?(?:search|query)$/,
];

/** What an address orders that ends with such a word. */
const order =
  /^(?:restart|reboot|stop|start|shutdown|quit|kill|terminate|cancel|abort|delete|remove|destroy|drop|purge|flush|truncate|wipe|reset|reload|reroute|reindex|bulk|rollover|forcemerge|rollback|failover|promote|scale|drain|evict|cordon|enable|disable|suspend|resume|pause|unpause|clear|restore|create|update|deploy|redeploy|trigger|rotate|revoke|silences?|unlock|lock|retry|rerun|close|open)$/i;

// Judges what PowerShell may do. Only pipelines of cmdlets that are known to read count as a read, with plain arguments and
// simple conditions; variables that are set, calls of methods, script blocks elsewhere and unknown commands do not.
import type { Classification } from '../plan/index.ts';

/** Cmdlets that only read, and aliases that no other system gives another meaning. */
const reads = new Set(
  'get-process get-service get-content get-childitem get-eventlog get-winevent get-date get-location get-item get-itemproperty get-itempropertyvalue get-volume get-psdrive get-disk get-partition get-physicaldisk get-nettcpconnection get-netudpendpoint get-netipaddress get-netipconfiguration get-netadapter get-netadapterstatistics get-netroute get-netfirewallrule get-netfirewallprofile get-dnsclientcache get-dnsclientserveraddress get-computerinfo get-hotfix get-counter get-ciminstance get-cimclass get-wmiobject get-command get-module get-acl get-filehash get-scheduledtask get-scheduledtaskinfo get-member get-unique get-uptime get-host get-help get-alias get-timezone get-culture get-random get-localuser get-localgroup get-localgroupmember get-smbshare get-smbsession get-smbconnection get-windowsfeature get-windowsoptionalfeature get-package get-vm get-cluster get-clusternode get-clustergroup get-clusterresource get-website get-webapppoolstate get-iissite get-aduser get-adgroup get-adcomputer get-adgroupmember get-addomain get-adreplicationfailure get-mailbox get-queue get-messagetrackinglog get-azvm get-azresource get-azresourcegroup get-azwebapp get-azcontext get-azsubscription get-azmetric get-azactivitylog get-azlog get-azloadbalancer get-azsqldatabase get-azaks test-connection test-netconnection test-path test-wsman resolve-dnsname resolve-path measure-object select-object select-string sort-object where-object group-object format-table format-list format-wide format-custom compare-object convertto-json convertfrom-json convertto-csv convertfrom-csv convertto-html convertto-xml out-string out-null out-host out-default split-path join-path select-xml write-output write-host gci gc gps gsv gip where select group measure ft fl fw gi gl gcm gm sls compare'.split(
    ' ',
  ),
);

/** Verbs whose cmdlets change something. */
const writingVerbs =
  /^(set|new|remove|stop|start|restart|clear|add|disable|enable|update|move|rename|copy|out-file|export|import|install|uninstall|register|unregister|suspend|resume|reset|grant|revoke|send|publish|save|dismount|mount|format-volume|initialize|repair|restore|checkpoint|lock|unlock|invoke)(-|$)/;

const unknown = (because: string): Classification => ({ effect: 'unknown', because });

/** The effect of a PowerShell script. */
export function classifyPowershell(code: string): Classification {
  const tokens = tokensOf(code);
  if (typeof tokens === 'string') return unknown(tokens);
  const reader = new Reader(tokens);
  const verdict = reader.script();
  if (verdict) return verdict;
  if (reader.names.size === 0) return unknown('there is no command');
  return {
    effect: 'read',
    because: `only ${[...reader.names]
      .slice(0, 4)
      .map((name) => `\`${name}\``)
      .join(', ')}, which read`,
  };
}

interface Token {
  readonly kind: 'word' | 'text' | 'variable' | 'symbol' | 'end';
  readonly text: string;
  /** A space stands before it. */
  readonly apart: boolean;
}

/** The tokens, or why the script is not understood. */
function tokensOf(code: string): readonly Token[] | string {
  const tokens: Token[] = [];
  const pattern =
    /([ \t]+)|(\r\n|\r|\n|;)|(#[^\r\n]*)|('(?:[^']|'')*')|("[^"`]*")|(\$(?:_|[A-Za-z]\w*)(?:\.[A-Za-z]\w*)*(?![\w:({[]))|([|(){},])|([\w.*?:\\/+%=~^-]+)/y;
  let apart = true;
  while (pattern.lastIndex < code.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(code);
    if (!match) return `\`${code[at] ?? ''}\` is not known to only read`;
    const [whole, space, end, comment, single, double, variable, symbol, word] = match;
    if (space !== undefined || comment !== undefined) {
      if (comment !== undefined && !apart) return '`#` stands inside a word';
      apart = true;
      continue;
    }
    if (double !== undefined && /\$[({]|\$\w+:/.test(double)) return 'a text in double quotes runs something';
    const kind =
      end !== undefined
        ? 'end'
        : single !== undefined || double !== undefined
          ? 'text'
          : variable !== undefined
            ? 'variable'
            : symbol !== undefined
              ? 'symbol'
              : 'word';
    if (word !== undefined && /=/.test(word)) return `\`${word}\` may set something`;
    tokens.push({ kind, text: whole, apart });
    apart = kind === 'end' || symbol !== undefined;
  }
  return tokens;
}

/** Reads pipelines from the tokens; every method gives null where all only reads. */
class Reader {
  readonly names = new Set<string>();
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  script(): Classification | null {
    while (this.at < this.tokens.length) {
      if (this.peek()?.kind === 'end') this.at++;
      else {
        const verdict = this.pipeline();
        if (verdict) return verdict;
        if (this.peek() && this.peek()?.kind !== 'end')
          return unknown(`\`${this.peek()?.text ?? ''}\` is not known to only read`);
      }
    }
    return null;
  }

  private peek(): Token | undefined {
    return this.tokens[this.at];
  }

  private is(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  private pipeline(): Classification | null {
    let worst: Classification | null = null;
    for (;;) {
      const verdict = this.command();
      if (verdict?.effect === 'write') return verdict;
      worst ??= verdict;
      // After what is not understood, only a command that surely writes is still of interest.
      while (worst && this.peek() && !this.is('|')) this.at++;
      if (!this.is('|')) return worst;
      this.at++;
      while (this.peek()?.kind === 'end' && this.peek()?.text !== ';') this.at++;
    }
  }

  private command(): Classification | null {
    const token = this.peek();
    if (token?.kind !== 'word') return unknown('it does not begin with a command');
    this.at++;
    const name = token.text.toLowerCase();
    if (!reads.has(name))
      return writingVerbs.test(name) && name.includes('-')
        ? { effect: 'write', because: `\`${token.text}\` writes` }
        : unknown(`\`${token.text}\` is not known to only read`);
    this.names.add(token.text);
    for (;;) {
      const next = this.peek();
      if (!next || next.kind === 'end' || this.is('|') || this.is(')')) return null;
      if (this.is('{')) {
        if (!/^(where|where-object)$/.test(name)) return unknown('a script block is not known to only read');
        const verdict = this.condition();
        if (verdict) return verdict;
      } else if (this.is('(')) {
        const verdict = this.inner();
        if (verdict) return verdict;
      } else if (next.kind === 'symbol' && next.text !== ',')
        return unknown(`\`${next.text}\` is not known to only read`);
      else {
        if (next.kind === 'word' && /^-(o(ut)?|p(ipeline)?|e(rror)?|w(arning)?|i(nformation)?)v/i.test(next.text))
          return unknown(`\`${next.text}\` sets a variable`);
        if (
          next.kind === 'word' &&
          /^-(outfile|infile|fil?e?path|online|invoke\w*|scriptblock|asjob)$/i.test(next.text)
        )
          return unknown(`the parameter \`${next.text}\` is not known to only read`);
        this.at++;
      }
    }
  }

  /** `(pipeline)`, and a property or a harmless method of its result behind it. */
  private inner(): Classification | null {
    this.at++;
    const verdict = this.pipeline();
    if (verdict) return verdict;
    if (!this.is(')')) return unknown('a parenthesis is not understood');
    this.at++;
    const member = this.peek();
    if (member?.kind !== 'word' || member.apart || !member.text.startsWith('.')) return null;
    this.at++;
    if (!this.is('(') || this.peek()?.apart === true)
      return /^(\.[A-Za-z]\w*)+$/.test(member.text) ? null : unknown(`\`${member.text}\` is not known to only read`);
    if (
      !/^\.(Add(Milliseconds|Seconds|Minutes|Hours|Days|Months|Years)|ToString|ToUniversalTime|ToLocalTime|Trim|ToUpper|ToLower|Split|Substring)$/i.test(
        member.text,
      )
    )
      return unknown(`the method \`${member.text}\` is not known to only read`);
    this.at++;
    while (this.peek()?.kind === 'word' || this.peek()?.kind === 'text' || this.is(',')) this.at++;
    if (!this.is(')')) return unknown('what is given to a method is not understood');
    this.at++;
    return null;
  }

  /** `{ $_.Status -eq 'Stopped' -and … }`: properties, literals and comparisons. */
  private condition(): Classification | null {
    this.at++;
    let operand = false;
    for (; ; this.at++) {
      const token = this.peek();
      if (!token || token.kind === 'end') return unknown('a condition is not closed');
      if (this.is('}')) {
        this.at++;
        return null;
      }
      if (
        token.kind === 'word' &&
        /^-(i|c)?(eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|and|or|not|is|isnot)$/i.test(
          token.text,
        )
      )
        operand = false;
      else if (
        token.kind === 'variable' ||
        token.kind === 'text' ||
        (token.kind === 'word' && /^-?\d+(\.\d+)?(kb|mb|gb|tb)?$/i.test(token.text))
      ) {
        if (operand) return unknown('a condition is not understood');
        operand = true;
      } else if (!(token.kind === 'symbol' && /^[(),]$/.test(token.text)) || (operand && token.text === '('))
        return unknown(`\`${token.text}\` in a condition is not known to only read`);
      else if (token.text === ',') operand = false;
    }
  }
}

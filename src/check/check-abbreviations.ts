// abbreviation.undefined: a few capital letters that the guide never explains and that are no common word of the trade. Told
// once, where they first stand in a sentence. A guide that uses them as the name of a column, host, file or alert knows them.
import { allMatches, Memory, onceFor, remember, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan, textOf } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import type { SectionFacts } from './guide-facts.ts';

/** What everybody who is on call knows, and words that are written in capitals for emphasis. */
const common = new Set(
  (
    'ACL AD AKS AMD AMI ANSI API APIS APM ARM ARN ARP ASCII ASG AWS AZ BGP BIOS BMC CA CAS CD CDN CEL CI CIDR CLI CNAME CNI COM CORS CPU CPUS CR CRD CRDS CRUD CSI CSR CSS CSV CTE CVE DAG DB DBA DC DDL DHCP DLL DML DNS DOM DR EBS EC2 ECC ECS EFS EKS ELB ENV EOF EOL ETA ETL FAQ FIFO FQDN FS FTP FUSE GB GBPS GC GCE GCP GCS GIT GKE GMT GNU GPG GPO GPU GPUS GUI GUID HA HDD HPA HSTS HTML HTTP HTTPS HW IAM ICMP ID IDE IDS IO IOPS IP IPC IPMI IPS IPV4 IPV6 IRC ISO ISP IT JDBC JDK JIT JMX JS JSON JVM JWT KB KMS KPI KQL KV LAN LB LDAP LTS LUN LVM MAC MB MBPS MD5 MFA MIB MR MRS MS MTLS MTTR MTU MVC NAT NFS NIC NICS NIS NODE NS NTFS NTP NUMA NVME OCI OCP OIDC OK OKR OOM OOMKILLED OS OSS OTP PC PCI PDB PDF PEM PHP PID PIDS PIN PINS PII PKI PNG POC POD POSIX PR PRS PV PVC PVCS PVS QA QOS QPS RACK RAID RAM RBAC RCA RDP RDS README REGEX REST RFC RHEL RPC RPM RPO RPS RSA RTO S3 SAAS SAML SAN SAS SCM SCP SDK SDN SEV SHA SID SLA SLAS SLI SLIS SLO SLOS SMB SME SMS SMTP SNMP SNS SOA SOP SQL SQS SRE SRES SRV SSD SSDS SSH SSL SSO STDERR STDIN STDOUT SUSE SVG TB TCP TGZ TLS TODO TOR TPM TSG TSGS TSV TTL TTY TXT UAT UDP UI UID UNC UPN UPS URI URIS URL URLS USB UTC UTF UTF8 UUID UX VCPU VIP VLAN VLANS VM VMS VNET VPC VPN WAF WAL WAN WMI XFS XML XSS YAML ZFS ' +
    'AND ANY ALL ARE BE BUT CAN DO DOES FALSE FOR FROM HAS IF IN INFO INTO IS IT ITS MAY MUST NEVER NO NONE NOT NOTE NOW NULL OF OFF ON ONE ONLY OR OTHER OUT OVER PER SAME SEE SET SHOULD STOP THAN THAT THE THEN THIS TO TRUE TWO USE VERY WAS WARN WARNING WHEN WILL WITH YES YOU YOUR ' +
    'ADD ALTER ASC BY CASE CAUTION CRITICAL DANGER DEBUG DELETE DESC DOWN DROP END ERROR FAIL FAILED FATAL FETCH GET GROUP HEAD HIGH IMPORTANT INSERT JOIN KEY LIKE LIMIT LOW OPEN OPTIONS ORDER PASS PATCH PATH POST PUT ROW RUN SELECT START TABLE TEST TIP UP UPDATE WHERE FIXME WIP TBA TBD TBC XXX SIEM GDPR HIPAA UEFI RDMA OEM CWD RSS NSG CMDB HPE IBM VMSS WSL SLES LAG MLAG NSX ELK DBMS MSDN HBA ODF AM PM EU US UK UAE CET EST PST BST GPT MBR READY DONE IDLE BUSY LOST FULL SSM SPN EDIT SAVE CLICK NEXT BACK ENTER CLOSE'
  ).split(' '),
);

/** More words than anybody would go through. */
const most = 30;

export function checkAbbreviations({ guide, facts }: CheckInput): readonly Diagnostic[] {
  const first = new Map<string, Span>();
  for (const part of facts.parts) {
    for (const { word, span } of candidatesIn(part)) if (!first.has(word) && first.size < most) first.set(word, span);
  }
  if (first.size === 0) return [];
  const wordsOf = (part: SectionFacts): string => {
    const { start, end } = facts.ownSpan(part);
    return textOf(guide).slice(start, end);
  };
  return [...first].flatMap(([word, span]) => {
    if (facts.parts.some((part) => explains(part, word, wordsOf))) return [];
    return [
      makeDiagnostic('abbreviation.undefined', span, `\`${word}\` is not explained in this guide.`, {
        hint: `Write it out where it first stands: "the … (${word})".`,
      }),
    ];
  });
}

interface Candidate {
  readonly word: string;
  readonly span: Span;
}

/** Each word that may be one, where it first stands in the section. */
const candidatesIn = onceFor((part: SectionFacts): readonly Candidate[] => {
  const found = new Map<string, Span>();
  for (const { prose, kind } of part.proses) {
    if ((kind === 'heading' && part.place.headings.length < 2) || !/[A-Z]{3}/.test(prose.plain)) continue;
    for (const { 1: word = '', index } of allMatches(
      prose.plain,
      /(?<![\w./$'"“<{[@#:-])([A-Z]{3,5})(?:s|['’]s(?!\w))?(?!(?!-[a-z]{3,}\b)[\w/=."”>}\]@:-]*\w|['’](?!s\b)\w)/g,
    )) {
      if (found.has(word) || common.has(word)) continue;
      if ([...prose.codes, ...prose.links].some(({ start, end }) => start <= index && index < end)) continue;
      // "Click the APPLY button".
      if (
        /^\S{0,4} (?:button|key|menu|tab|icon|link|checkbox|field)\b/.test(
          prose.plain.slice(index + word.length, index + word.length + 16),
        )
      )
        continue;
      // Words in capitals side by side shout, and name nothing.
      if (/[A-Z]{2,}[^a-z]+[A-Z]{3,}/.test(prose.plain.slice(Math.max(0, index - 20), index + word.length + 20)))
        continue;
      found.set(word, sourceSpan(prose, index, index + word.length));
    }
  }
  return [...found].map(([word, span]) => ({ word, span }));
});

const known = new Memory<SectionFacts, Map<string, boolean>>();

/** True when the section's text explains the word; remembered, because most sections stay as they are. */
function explains(part: SectionFacts, word: string, textOf: (part: SectionFacts) => string): boolean {
  let words = known.get(part);
  if (!words) known.set(part, (words = new Map()));
  let found = words.get(word);
  if (found === undefined) words.set(word, (found = isKnown(textOf(part), word)));
  return found;
}

/** Written out beside it, named by a title, or part of a longer name: `Quality Test Report (QTR)`, "QTR stands for", `qtr_host`. */
function isKnown(text: string, word: string): boolean {
  const { beside, inName } = patternsOf(word);
  // Most sections do not have the word at all, however it is written.
  const isThere = text.toLowerCase().includes(word.toLowerCase());
  return (isThere && (beside.test(text) || isInBrackets(text, word) || inName.test(text))) || isInitials(text, word);
}

/** What explains a word. Made once for each, and not for each section. */
const patternsOf = remember((word) => {
  const [first = ''] = word;
  const letters = [...word.toLowerCase()].map((letter) => `[${letter}${letter.toUpperCase()}][a-z]+`);
  return {
    beside: new RegExp(
      String.raw`\(\s*(?:or |aka )${word}s?\b|\b${word}s?\s*(?:\((?=[^)\n]*[A-Za-z])|[:=–—-][ \t]+\S|stands for|means|is short)|\b${word}(?: [a-z-]+){1,2} \((?:the )?[${first}${first.toLowerCase()}][a-z]+[ -][A-Za-z][^)\n]*\)|^#(?!#).*\b${word}\b|[-_./$\`"']${word}\b|\b${word}(?:(?:[_./]|-(?![a-z]{3,}\b))(?=\w)|[\`"]|'(?!s\b))`,
      'm',
    ),
    inBrackets: new RegExp(String.raw`\(\s*(?:the )?${word}s?\b`, 'g'),
    inName: new RegExp(String.raw`(?<![a-z])(?:${word.toLowerCase()}|${first}${word.slice(1).toLowerCase()})(?![a-z])`),
    initials: new RegExp(String.raw`\b${letters.join('[\\s-]+(?:(?:of|the|for|and|in)\\s+)?')}\b`, 'g'),
  };
});

/** "Quality Test Report (QTR)": one of the words before the bracket begins with a letter of the word, or holds it. "The line (QTR)" tells nothing. */
function isInBrackets(text: string, word: string): boolean {
  return allMatches(text, patternsOf(word).inBrackets).some(({ index }) =>
    (/[^.\n()]*$/.exec(text.slice(Math.max(0, index - 80), index))?.[0].match(/[\p{L}\d]+/gu) ?? [])
      .slice(-word.length - 2)
      .some((one) => word.includes(one.charAt(0).toUpperCase()) || /[^\x00-\x7f]/.test(one)),
  );
}

/** The words whose first letters it is, "quality test report". "Most of the" is none: a name has more than one word of weight. */
function isInitials(text: string, word: string): boolean {
  return allMatches(text, patternsOf(word).initials).some(
    ([found]) =>
      !/\b(?:of|in|for|and|the)\s+(?:of|the|for|and|in)\b/i.test(found) &&
      // Words that only join others begin no part of a name.
      !/\b(?:instead|into|onto|also|then|than|that|this|these|those|with|from|when|where|will|would|should|could|must|have|has|had|been|were|was|are|is|it|its|we|you|your|they|their|there|here|not|does|did|can|may|might|before|after|again|only|just|very|such|some|any|each|every|until|unless|because|if|as|or|by|to|at|on|be)\b/.test(
        found,
      ) &&
      found.split(/[\s-]+/).filter((one) => one.length > 3 || /^[A-Z]/.test(one)).length > 1,
  );
}

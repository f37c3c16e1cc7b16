// abbreviation.undefined: a few capital letters that the guide never explains and that are no common word of the trade. Told
// once, where they first stand in a sentence. A guide that uses them as the name of a column, host, file or alert knows them.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { sourceSpan } from '../guide/index.ts';
import type { CheckInput } from './check.ts';

/** What everybody who is on call knows, and words that are written in capitals for emphasis. */
const common = new Set(
  (
    'ACL AD AKS AMD AMI ANSI API APIS APM ARM ARN ARP ASCII ASG AWS AZ BGP BIOS BMC CA CAS CD CDN CEL CI CIDR CLI CNAME CNI COM CORS CPU CPUS CR CRD CRDS CRUD CSI CSR CSS CSV CTE CVE DAG DB DBA DC DDL DHCP DLL DML DNS DOM DR EBS EC2 ECC ECS EFS EKS ELB ENV EOF EOL ETA ETL FAQ FIFO FQDN FS FTP FUSE GB GBPS GC GCE GCP GCS GIT GKE GMT GNU GPG GPO GPU GPUS GUI GUID HA HDD HPA HSTS HTML HTTP HTTPS HW IAM ICMP ID IDE IDS IO IOPS IP IPC IPMI IPS IPV4 IPV6 IRC ISO ISP IT JDBC JDK JIT JMX JS JSON JVM JWT KB KMS KPI KQL KV LAN LB LDAP LTS LUN LVM MAC MB MBPS MD5 MFA MIB MR MRS MS MTLS MTTR MTU MVC NAT NFS NIC NICS NIS NODE NS NTFS NTP NUMA NVME OCI OCP OIDC OK OKR OOM OOMKILLED OS OSS OTP PC PCI PDB PDF PEM PHP PID PIDS PII PKI PNG POC POD POSIX PR PRS PV PVC PVCS PVS QA QOS QPS RACK RAID RAM RBAC RCA RDP RDS README REGEX REST RFC RHEL RPC RPM RPO RPS RSA RTO S3 SAAS SAML SAN SAS SCM SCP SDK SDN SEV SHA SID SLA SLAS SLI SLIS SLO SLOS SMB SME SMS SMTP SNMP SNS SOA SOP SQL SQS SRE SRES SRV SSD SSDS SSH SSL SSO STDERR STDIN STDOUT SUSE SVG TB TCP TGZ TLS TODO TOR TPM TSG TSGS TSV TTL TTY TXT UAT UDP UI UID UNC UPN UPS URI URIS URL URLS USB UTC UTF UTF8 UUID UX VCPU VIP VLAN VLANS VM VMS VNET VPC VPN WAF WAL WAN WMI XFS XML XSS YAML ZFS ' +
    'AND ANY ALL ARE BE BUT CAN DO DOES FALSE FOR FROM HAS IF IN INFO INTO IS IT ITS MAY MUST NEVER NO NONE NOT NOTE NOW NULL OF OFF ON ONE ONLY OR OTHER OUT OVER PER SAME SEE SET SHOULD STOP THAN THAT THE THEN THIS TO TRUE TWO USE VERY WAS WARN WARNING WHEN WILL WITH YES YOU YOUR ' +
    'ADD ALTER BY CASE CAUTION CRITICAL DANGER DEBUG DELETE DOWN DROP END ERROR FAIL FAILED FATAL FETCH GET GROUP HEAD HIGH IMPORTANT INSERT JOIN KEY LIKE LIMIT LOW OPEN OPTIONS ORDER PASS PATCH PATH POST PUT ROW RUN SELECT START TABLE TEST TIP UP UPDATE WHERE FIXME TBD TBC XXX SIEM GDPR HIPAA UEFI RDMA OEM CWD RSS NSG CMDB HPE IBM VMSS WSL SLES LAG MLAG NSX ELK DBMS MSDN HBA ODF AM PM EU US UK UAE CET EST PST BST'
  ).split(' '),
);

export function checkAbbreviations({ guide, facts }: CheckInput): readonly Diagnostic[] {
  if (!/\b[A-Z]{3,5}\b/.test(guide.text)) return [];
  const counts = new Map<string, number>();
  for (const [word] of guide.text.matchAll(/(?<![\w./$-])[A-Z][A-Z0-9]{2,5}s?(?![\w/=-])/g))
    counts.set(word, (counts.get(word) ?? 0) + 1);
  const told = new Set<string>();
  return facts.sentences().flatMap((sentence) => {
    const findings: Diagnostic[] = [];
    for (const { 0: word, index } of sentence.text.matchAll(
      /(?<![\w./$'"“(<{[@#:-])[A-Z]{3,5}(?![\w/=.'"”>}\]@:-]*\w)/g,
    )) {
      if (told.has(word) || common.has(word) || isKnown(guide.text, word)) continue;
      const at = sentence.start + index;
      if (sentence.codes.some(({ start, end }) => start <= at && at < end)) continue;
      if (sentence.prose.links.some(({ start, end }) => start <= at && at < end)) continue;
      // A sentence in capitals shouts, and names nothing.
      if (
        /[A-Z]{2,}[^a-z]+[A-Z]{3,}/.test(
          sentence.text
            .slice(Math.max(0, index - 20), index + word.length + 20)
            .replace(/\b[A-Z]{2,5}\b(?= [a-z])/g, ''),
        )
      )
        continue;
      told.add(word);
      findings.push(
        makeDiagnostic(
          'abbreviation.undefined',
          sourceSpan(sentence.prose, at, at + word.length),
          `\`${word}\` is not explained in this guide.`,
          {
            hint: `Write it out where it first stands: "the … (${word})".`,
          },
        ),
      );
    }
    return findings;
  });
}

/** Written out beside it, named by a title, or part of a longer name: `Quality Test Report (QTR)`, "QTR stands for", `qtr_host`. */
function isKnown(text: string, word: string): boolean {
  const [first = ''] = word;
  return (
    new RegExp(
      String.raw`\(\s*(?:the |or |aka )?${word}s?\b|\b${word}s?\s*(?:\(|[:=–—-]\s|stands for|means|is short)|^#.*\b${word}\b|[-_./$\`"']${word}\b|\b${word}[-_./\`"']`,
      'm',
    ).test(text) ||
    new RegExp(
      String.raw`\b${[...word.toLowerCase()].map((letter) => `[${letter}${letter.toUpperCase()}][a-z]+`).join('[\\s-]+(?:(?:of|the|for|and|in)\\s+)?')}\b`,
    ).test(text) ||
    new RegExp(String.raw`\b\w*(?:${word.toLowerCase()}|${first}${word.slice(1).toLowerCase()})[\w.-]*\b`).test(text)
  );
}

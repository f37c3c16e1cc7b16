// What is known of cmdlets by name. A verb alone proves nothing (`Get-ClusterLog` writes files, `Get-AzKeyVaultSecret` shows
// a secret), so those that only read are listed one by one. Aliases are not: a program of another system may have that name.

const areas: readonly string[] = [
  // PowerShell itself
  'get-date get-location get-item get-itemproperty get-itempropertyvalue get-childitem get-content get-psdrive get-psprovider get-command get-module get-acl get-filehash get-member get-unique get-uptime get-host get-help get-alias get-timezone get-culture get-uiculture get-random get-variable get-executionpolicy get-job get-history get-verb test-path test-json resolve-path split-path join-path convert-path measure-object select-object select-string select-xml sort-object where-object group-object format-table format-list format-wide format-custom compare-object convertto-json convertfrom-json convertto-csv convertfrom-csv convertto-html convertto-xml convertfrom-stringdata import-csv out-string out-null out-host out-default write-output write-host',
  // Windows
  'get-process get-service get-eventlog get-winevent get-volume get-disk get-partition get-physicaldisk get-storagepool get-virtualdisk get-storagejob get-storagereliabilitycounter get-computerinfo get-hotfix get-counter get-ciminstance get-cimclass get-wmiobject get-scheduledtask get-scheduledtaskinfo get-localuser get-localgroup get-localgroupmember get-smbshare get-smbsession get-smbconnection get-smbopenfile get-windowsfeature get-windowsoptionalfeature get-package get-pnpdevice get-printer get-printjob get-mpcomputerstatus get-mpthreat get-mpthreatdetection',
  // Networks
  'get-nettcpconnection get-netudpendpoint get-netipaddress get-netipconfiguration get-netipinterface get-netneighbor get-netadapter get-netadapterstatistics get-netadapterbinding get-netroute get-netfirewallrule get-netfirewallprofile get-netfirewallportfilter get-netfirewalladdressfilter get-netconnectionprofile get-dnsclient get-dnsclientcache get-dnsclientserveraddress get-dnsserverzone get-dnsserverresourcerecord get-dnsserverstatistics get-dnsserverforwarder get-dhcpserverv4scope get-dhcpserverv4scopestatistics get-dhcpserverv4lease test-connection test-netconnection test-wsman resolve-dnsname',
  // Clusters, virtual machines, web servers
  'get-vm get-vmsnapshot get-vmnetworkadapter get-vmswitch get-vmreplication get-vmhost get-cluster get-clusternode get-clustergroup get-clusterresource get-clusternetwork get-clustersharedvolume get-clusterquorum get-website get-webbinding get-webapplication get-webapppoolstate get-webitemstate get-iissite get-iisapppool get-iissitebinding',
  // Directory and mail
  'get-aduser get-adgroup get-adcomputer get-adgroupmember get-addomain get-adforest get-addomaincontroller get-adorganizationalunit get-adobject get-adprincipalgroupmembership get-adreplicationfailure get-adreplicationpartnermetadata get-mailbox get-mailboxdatabase get-mailboxdatabasecopystatus get-mailboxstatistics get-queue get-message get-messagetrackinglog get-messagetrace get-exchangeserver get-servercomponentstate',
  // Azure
  'get-azvm get-azvmss get-azresource get-azresourcegroup get-azwebapp get-azwebappslot get-azfunctionapp get-azcontext get-azsubscription get-azmetric get-azactivitylog get-azlog get-azalert get-azloadbalancer get-aznetworkinterface get-azpublicipaddress get-aznetworksecuritygroup get-azvirtualnetwork get-azsqldatabase get-azsqlserver get-azaks get-azcontainerapp get-azcontainergroup get-azstorageaccount get-azdisk get-azresourcehealth',
];

/** Cmdlets that only read. */
export const reads: ReadonlySet<string> = new Set(areas.flatMap((area) => area.split(' ')));

/** Short names that PowerShell has everywhere; others, as `ls` and `sort`, are programs of their own on some machines. */
export const aliases: Readonly<Record<string, string | undefined>> = {
  '%': 'foreach-object',
  fl: 'format-list',
  ft: 'format-table',
  gc: 'get-content',
  gci: 'get-childitem',
  gcim: 'get-ciminstance',
  gi: 'get-item',
  gm: 'get-member',
  gp: 'get-itemproperty',
  gps: 'get-process',
  group: 'group-object',
  gsv: 'get-service',
  measure: 'measure-object',
  select: 'select-object',
  sls: 'select-string',
  where: 'where-object',
};

/** Those that only filter, sort, count and lay out what they are given: none takes a name from it and looks there. */
export const shaping: ReadonlySet<string> = new Set(
  'where-object select-object sort-object group-object measure-object foreach-object get-unique get-member format-table format-list format-wide out-string out-host convertto-json convertto-csv convertto-html'.split(
    ' ',
  ),
);

/** Those of them that send what they are given to another machine. */
export const reaching: ReadonlySet<string> = new Set([
  'test-connection',
  'test-netconnection',
  'test-wsman',
  'resolve-dnsname',
]);

/** Approved verbs whose cmdlets change something, start something or send something away. */
export const writingVerbs: ReadonlySet<string> = new Set(
  'add clear copy enter exit lock move new pop push rename remove reset set switch undo unlock backup checkpoint compress convert dismount edit expand export import initialize limit merge mount out publish restore save sync unpublish update approve assert build complete confirm deny deploy disable enable install invoke register request restart resume start stop submit suspend uninstall unregister grant block protect revoke unblock unprotect connect disconnect send write repair debug'.split(
    ' ',
  ),
);

/** Parameters that keep an output in a variable; one that is named like a preference changes what follows. */
const keeping = ['outvariable', 'pipelinevariable', 'errorvariable', 'warningvariable', 'informationvariable'];

/** Parameters that write a file, open a window or a page, run something, or go on behind our back. */
const acting = ['outfile', 'infile', 'online', 'showwindow', 'asjob', 'scriptblock', 'logpath', 'scratchdirectory'];

/** Parameters that name another machine. */
const remote = ['computername', 'cimsession', 'server', 'connectionuri', 'session', 'hostname', 'vmname'];

/**
 * What a parameter makes of a command that reads: PowerShell takes any beginning of a name that fits no other, so beginnings
 * count here whatever else they may mean.
 */
export function meaningOf(parameter: string): 'keeps' | 'acts' | 'reaches' | 'plain' {
  const name = /^-([\w-]*)/.exec(parameter)?.[1]?.toLowerCase() ?? '';
  const begins = (names: readonly string[], least: number): boolean =>
    name.length >= least && names.some((full) => full.startsWith(name));
  if (/^[opewi]v$/.test(name) || (name !== 'in' && begins(keeping, 1))) return 'keeps';
  if (name === 'filepath' || /^inv/.test(name) || begins(acting, 2)) return name === 'in' ? 'plain' : 'acts';
  if (name === 'cn' || begins(remote, 2)) return 'reaches';
  return 'plain';
}

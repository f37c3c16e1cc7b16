// Commands that only read but reach another machine, so that what they are given leaves this one.

/** By name: what they are asked for goes there, and what comes back is another machine's word. */
export const sendsElsewhere =
  /^(curl|wget|dig|host|nslookup|ping6?|traceroute|tracepath|mtr|nc|getent|redis-cli|whois|ssh-keyscan|psql|mysql|mariadb|aws|az|gcloud|gsutil|gh|promtool|amtool|kcat|argocd|flux|clickhouse-client|snmp(get|walk|table)|openstack|bq|bash|ldapsearch|rpcinfo|rabbitmqadmin)$/;

/** Those of them, and others, that may be told which machine that is: what they are given must not hold what was read. */
export const reachesHost = (name: string): boolean =>
  sendsElsewhere.test(name) ||
  /^(showmount|pg_isready|mysqladmin|ipmitool|nodetool|etcdctl|kafka-(topics|consumer-groups)(\.sh)?|rabbitmqctl|rabbitmq-diagnostics|cqlsh|mongosh|mongo|logcli|snap|resolvectl|ntpq|chronyc|lpstat|openssl|consul|nomad|vault|helm|rndc|tailscale|istioctl|patronictl|repmgr|crictl|hdfs|yarn)$/.test(
    name,
  );

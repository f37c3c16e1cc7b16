// Whether an undo speaks of another kind of thing than its step: the step deletes a pod, and the undo "creates the namespace again".
// A deed that reverses the step's deed proves nothing then.

/** Words of one family stand for each other: who deletes a pod may speak of its deployment. */
const families: readonly RegExp[] = [
  /\b(?:nodes?|hosts?|servers?|machines?|instances?|vms?|nodepools?|pools?|members?|brokers?)\b/,
  /\b(?:pods?|deployments?|deploy|replicas?|replicasets?|statefulsets?|daemonsets?|containers?|services?|svc|apps?|workloads?|process(?:es)?|workers?|jobs?|cronjobs?|units?)\b/,
  /\b(?:tables?|rows?|index(?:es)?|indices|columns?|views?|records?|orders?|databases?|schemas?)\b/,
  /\b(?:users?|accounts?|roles?|grants?|permissions?|groups?|members?)\b/,
  /\b(?:files?|folders?|director(?:y|ies)|volumes?|disks?|mounts?|logs?|partitions?|snapshots?|backups?)\b/,
  /\b(?:topics?|queues?|messages?|consumers?|offsets?)\b/,
  /\b(?:rules?|routes?|polic(?:y|ies)|firewalls?|dns|records?)\b/,
  /\b(?:namespaces?|projects?|tenants?)\b/,
  /\b(?:secrets?|configmaps?|certificates?|keys?|tokens?|passwords?)\b/,
];

/** True where the undo names kinds of things, the step names some too, and none of them are of one family. */
export function isOfAnotherKind(undo: string, step: string): boolean {
  const named = families.filter((family) => family.test(undo));
  return named.length > 0 && !named.some((family) => family.test(step)) && families.some((family) => family.test(step));
}

// The kinds of things that an undo and its step speak of. One kind is named by many words, so who scales a deployment may "bring the pods
// back". And a deed that reverses the step's deed proves nothing where the things are others: the step deletes a pod, and the undo "creates
// the namespace again". That is told only of what is made or removed, and only by the object of the command and of the undo's verb: where
// a thing lives ("start the service" for what was stopped on a server) says nothing of what it is.
import { allMatches } from '../base/index.ts';

/** Words of one family stand for each other. */
const families: readonly RegExp[] = [
  /^(?:nodes?|no|hosts?|servers?|machines?|instances?|vms?|nodepools?|members?)$/,
  /^(?:pods?|po|deployments?|deploy|replicas?|replicasets?|rs|statefulsets?|sts|daemonsets?|ds|containers?|services?|svc|apps?|applications?|workloads?|jobs?|cronjobs?|releases?)$/,
  /^(?:tables?|rows?|index(?:es)?|indices|columns?|views?|records?|databases?|schemas?|constraints?|triggers?|partitions?)$/,
  /^(?:users?|accounts?|roles?|logins?|serviceaccounts?|members?|groups?)$/,
  /^(?:namespaces?|ns|projects?|tenants?)$/,
  /^(?:queues?|topics?|exchanges?|bindings?|streams?|messages?)$/,
];

/** True where a word of the one and a word of the other name the same kind of thing. */
export function sharesKind(one: string, other: string): boolean {
  const named = kindsOf(one);
  return named.length > 0 && kindsOf(other).some((family) => named.includes(family));
}

function kindsOf(text: string): readonly RegExp[] {
  const words = text.match(/[a-z]+/g) ?? [];
  return families.filter((family) => words.some((word) => family.test(word)));
}

const removing = 'delete|drop|remove|destroy|terminate|uninstall';
const making = 'create|recreate|re-create|add|install|apply|run';

/** True where the step's commands remove things of known kinds, and the undo makes a thing of a known kind that is none of them. */
export function isOfAnotherKind(undo: string, code: string): boolean {
  return isOther(undo, code, making, removing) || isOther(undo, code, removing, making);
}

function isOther(undo: string, code: string, undoing: string, doing: string): boolean {
  const said = familiesOf(undo, new RegExp(String.raw`\b(?:${undoing})\s+(?:the|an?|this|that|its)\s+(?:(?:old|new|same|missing|deleted)\s+)?([a-z]+)(?=[.,;]|\s*$|\s+(?:again|anew|back|as|with|from|in|on)\b)`, 'g')); // prettier-ignore
  if (said.length === 0) return false;
  const done = familiesOf(code, new RegExp(String.raw`\b(?:${doing})(?:\s+(?:unique|materialized|if\s+exists|concurrently))*[\s-]+([a-z]+)\b`, 'g')); // prettier-ignore
  return done.length > 0 && !said.some((family) => done.includes(family));
}

/** The families of the objects that a pattern's first group names; none where one of them is of no family, which might be anything. */
function familiesOf(text: string, pattern: RegExp): readonly RegExp[] {
  const found = allMatches(text, pattern).map(([, kind = '']) => families.filter((family) => family.test(kind)));
  return found.every((named) => named.length > 0) ? found.flat() : [];
}

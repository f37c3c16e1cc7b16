// Turns the objects that kubectl prints as JSON into rows: name, namespace and kind of each, its state in a word, and what
// engineers look at for the common kinds. The objects themselves stay beside the rows, as JSON.
import type { Json } from '../../base/index.ts';
import type { ActionResult } from '../../run/index.ts';

type Fields = Readonly<Record<string, Json>>;

/** Longest JSON that is kept whole. */
const largestJson = 500_000;

/** The result of a printed object or list. */
export function readObjects(printed: Json, length: number, maxRows: number): ActionResult {
  const root = object(printed);
  const items = Array.isArray(root['items']) ? list(root['items']) : [printed];
  const rows = items.slice(0, maxRows).map((item) => rowOf(object(item)));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const whole = length <= largestJson;
  return {
    columns: names.map((name) => ({ name, type: typeof rows.find((row) => row[name] !== null)?.[name] })),
    rows: rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))),
    rowCount: items.length,
    ...(rows.length < items.length && { rowsCapped: true }),
    ...(whole && { json: printed }),
    notes: [
      ...(rows.length < items.length
        ? [
            `Only the first ${rows.length.toLocaleString('en-US')} of ${items.length.toLocaleString('en-US')} objects are kept.`,
          ]
        : []),
      ...(whole ? [] : ['The objects are too large to be kept whole; only the rows made from them are.']),
    ],
  };
}

function rowOf(item: Fields): Record<string, Json> {
  const metadata = object(item['metadata']);
  const status = object(item['status']);
  const spec = object(item['spec']);
  const row: Record<string, Json> = {
    name: metadata['name'] ?? null,
    ...(metadata['namespace'] !== undefined && { namespace: metadata['namespace'] }),
    kind: item['kind'] ?? null,
    created: metadata['creationTimestamp'] ?? null,
  };
  switch (item['kind']) {
    case 'Pod': {
      const containers = list(status['containerStatuses']).map(object);
      const waiting = containers.map(({ state }) => object(object(state)['waiting'])['reason']).find(Boolean);
      const stopped = containers.map(({ state }) => object(object(state)['terminated'])['reason']).find(Boolean);
      return {
        ...row,
        status:
          metadata['deletionTimestamp'] !== undefined
            ? 'Terminating'
            : (waiting ?? stopped ?? status['reason'] ?? status['phase'] ?? null),
        phase: status['phase'] ?? null,
        ready: containers.filter(({ ready }) => ready === true).length,
        containers: list(spec['containers']).length,
        restarts: containers.reduce((sum, { restartCount }) => sum + Number(restartCount ?? 0), 0),
        node: spec['nodeName'] ?? null,
      };
    }
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
      return {
        ...row,
        desired: spec['replicas'] ?? 0,
        ready: status['readyReplicas'] ?? 0,
        available: status['availableReplicas'] ?? 0,
        updated: status['updatedReplicas'] ?? 0,
      };
    case 'DaemonSet':
      return { ...row, desired: status['desiredNumberScheduled'] ?? 0, ready: status['numberReady'] ?? 0 };
    case 'Job':
      return {
        ...row,
        active: status['active'] ?? 0,
        succeeded: status['succeeded'] ?? 0,
        failed: status['failed'] ?? 0,
      };
    case 'Node':
      return { ...row, ready: conditionOf(status, 'Ready') === 'True', unschedulable: spec['unschedulable'] ?? false };
    case 'Event': {
      const about = object(item['involvedObject']);
      return {
        ...row,
        type: item['type'] ?? null,
        reason: item['reason'] ?? null,
        object: `${word(about['kind'])}/${word(about['name'])}`,
        count: item['count'] ?? 1,
        last: item['lastTimestamp'] ?? item['eventTime'] ?? null,
        message: item['message'] ?? null,
      };
    }
    default:
      return {
        ...row,
        ...(status['phase'] !== undefined && { status: status['phase'] }),
        ...(conditionOf(status, 'Ready') !== null && { ready: conditionOf(status, 'Ready') === 'True' }),
      };
  }
}

function conditionOf(status: Fields, type: string): Json {
  return (
    list(status['conditions'])
      .map(object)
      .find((condition) => condition['type'] === type)?.['status'] ?? null
  );
}

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function object(value: Json | undefined): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

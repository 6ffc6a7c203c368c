import { type RouteName, routes } from '../contract/index.ts';
import { isChange, isChangeable, isList, readerOf } from '../http/thing.ts';

/** As much of an operation of OpenAPI as is looked at here. */
interface Operation {
  operationId?: string;
  parameters?: unknown[];
  responses?: Record<string, { headers?: object; content?: object } | undefined>;
}

const text = { schema: { type: 'string' } };
const etag = { ...text, description: 'Stands for the state that is shown, for If-Match.' };
const ifMatch = {
  ...text,
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of the state that the change is meant for; without it the last one wins.',
};

/**
 * Adds to a description what no schema of a route says: tags and conditions of what can be changed, and the files that
 * lists can be had as.
 */
export function describeHeaders(paths: object): void {
  for (const operation of Object.values(paths).flatMap(path => Object.values(path) as Operation[])) {
    const name = operation.operationId;
    if (name === undefined || !Object.hasOwn(routes, name)) continue;
    describe(operation, name as RouteName);
  }
}

function describe(operation: Operation, name: RouteName): void {
  const { status, role } = routes[name];
  const answer = operation.responses?.[status];
  const reader = role === 'anyone' ? undefined : readerOf(name);
  if (answer && isList(name) && routes[name].method === 'GET') {
    answer.content = { ...answer.content, 'text/csv': text, 'application/x-ndjson': text };
  }
  if (answer && reader && (isChange(name) || (reader === name && isChangeable(name)))) {
    answer.headers = { etag };
  }
  if (!reader || !isChange(name)) return;
  operation.parameters = [...(operation.parameters ?? []), ifMatch];
  const problem = operation.responses?.default;
  operation.responses = {
    ...operation.responses,
    412: { ...problem, ...{ description: 'Somebody has changed it since: `changed-meanwhile`' } },
  };
}

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiRoot, event, type Job } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { rarely } from './rarely.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** What the server says has changed is read again at most this often. */
const pauseMs = 1_000;
const running = ['jobs', 'running'];

/** The jobs that change how mappings stand while they run. */
const movesMappings: ReadonlySet<Job['kind']> = new Set([
  'synchronize',
  'cycle',
  'backlog',
  'undo',
  'member',
]);

/** What shows the state of mappings, and is read again while a run moves them. */
const moving = [['mappings'], ['mapping'], ['members'], ['overview'], ['runs']];

/** Keeps what the console shows in step with the server, by its events, while it is open. */
export function useLiveEvents(): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const again = (keys: string[][]) => {
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    };
    const moved = rarely(pauseMs, () => again(moving));
    const ended = rarely(pauseMs, () => void refreshSite(queries));
    // Whoever makes a change reads it again by themselves; for the others a moment later is soon enough.
    const changed = rarely(pauseMs, () => void refreshSite(queries), 'later');
    const source = new EventSource(`${apiRoot}/events`);
    source.onopen = () => {
      setConnection(old => {
        // What happened while the connection was lost was not told, nor which jobs have ended.
        if (old === 'lost') {
          ended.call();
          again([running]);
        }
        return 'live';
      });
    };
    source.onerror = () => {
      setConnection('lost');
      // The browser gives up where the server refuses: the session may have ended.
      if (source.readyState === EventSource.CLOSED) again([['session']]);
    };
    source.addEventListener('mappings', () => moved.call());
    source.addEventListener('changed', () => changed.call());
    source.addEventListener('signed-out', () => again([['session']]));
    source.addEventListener('job', message => {
      const told = event.safeParse(JSON.parse(message.data));
      if (!told.success || told.data.type !== 'job') return;
      const { job } = told.data;
      remember(queries, job);
      if (isOver(job)) ended.call();
      else if (movesMappings.has(job.kind)) moved.call();
    });
    return () => {
      source.close();
      for (const each of [moved, ended, changed]) each.cancel();
    };
  }, [queries]);
  return connection;
}

/** The jobs that are queued or running, oldest first. */
export function useRunningJobs(): readonly Job[] {
  const jobs = useQuery({
    queryKey: running,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) =>
      (await api.call('listJobs', { query: { limit: 50 } }, signal)).items
        .filter(job => !isOver(job))
        .reverse(),
  });
  return jobs.data ?? [];
}

function remember(queries: QueryClient, job: Job): void {
  queries.setQueryData<Job[]>(running, (old = []) => {
    const others = old.filter(each => each.id !== job.id);
    if (isOver(job)) return others;
    return others.length === old.length ? [...old, job] : old.map(each => (each.id === job.id ? job : each));
  });
}

function isOver(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

// Who is signed in is asked apart, the events carry the jobs, a held plan stays as it is until it is no more, and the
// undo that somebody looks at must not turn into another one under their eyes. Groups that were searched for are Entra's.
const apart: ReadonlySet<unknown> = new Set(['session', 'jobs', 'held', 'undo', 'groups', 'entra-sign-in']);

/** Reads again what is shown of the site, after something has changed it. */
export function refreshSite(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => !apart.has(queryKey[0]) });
}

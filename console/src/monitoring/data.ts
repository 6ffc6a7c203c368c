import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../api/client.ts';

/** One mapping with its status and counts, as GET /mappings gives it. */
export interface MappingStatus {
  collectionId: string;
  collectionName: string;
  collectionType: 'device' | 'user';
  groupId: string;
  groupName: string;
  cloudServiceId: number;
  status: string;
  memberCount: number;
  syncCompleted: number;
  syncInProgress: number;
  syncFailed: number;
  notInEntra: number;
  lastFullSyncMemberCount: number | null;
  lastFullSyncStatus: string | null;
  lastFullSyncTime: string | null;
  lastSyncMemberCount: number | null;
  lastSyncStatus: string | null;
  lastSyncTime: string | null;
}

export type MemberStatus = 'Success' | 'Failed' | 'In Progress' | 'Not in Entra';

/** One member of a mapped collection and what became of it. */
export interface SyncedMember {
  name: string;
  resourceId: number | null;
  objectId: string | null;
  status: MemberStatus;
  code: string | null;
  reason: string | null;
  attempts: number;
  lastTried: string | null;
  nextTry: string | null;
}

/** What names a mapping in the console's addresses. */
export const keyOfMapping = (row: MappingStatus) => `${row.collectionId}.${row.groupId}`;

/** All mappings of collections of one type, read again every few seconds. */
export function useMappings(type: 'device' | 'user') {
  return useQuery({
    queryKey: ['mappings'],
    refetchInterval: 3_000,
    queryFn: ({ signal }) => call<MappingStatus[]>('GET', '/mappings', { signal }),
    select: rows => rows.filter(row => row.collectionType === type),
  });
}

/** The members of a mapping in one status, page by page. */
export function useMembers(mapping: MappingStatus, status: MemberStatus) {
  return useInfiniteQuery({
    queryKey: ['members', keyOfMapping(mapping), status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<{ members: SyncedMember[]; next: string | null }>('GET', '/mappings/members', {
        query: {
          collection: mapping.collectionId,
          group: mapping.groupId,
          status,
          limit: 500,
          after: pageParam,
        },
        signal,
      }),
    getNextPageParam: page => page.next ?? undefined,
  });
}

interface Job {
  id: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  problem: { message: string; hint: string } | null;
}

/** Runs a full synchronization of a mapping's collection and waits for its end. */
export function useSynchronize() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (mapping: MappingStatus) => {
      let job = await call<Job>('POST', '/synchronizations', {
        body: { collections: [mapping.collectionId], full: true },
      });
      while (job.state === 'queued' || job.state === 'running') {
        job = await call<Job>('GET', `/jobs/${job.id}`, { query: { wait: 5 } });
        await queries.invalidateQueries({ queryKey: ['mappings'] });
      }
      if (job.problem) throw new Error(job.problem.message);
    },
    onSettled: () => queries.invalidateQueries(),
  });
}

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Mapping, MappingMember, ResourceType } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';

export type MemberStatus = MappingMember['status'];

/** What names a mapping in the console's addresses. */
export const keyOfMapping = (row: Mapping) => `${row.collectionId}.${row.groupId}`;

/** The mappings of collections of one type, page by page, read again every few seconds. */
export function useMappings(type: ResourceType) {
  return useInfiniteQuery({
    queryKey: ['mappings', type],
    refetchInterval: 3_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listMappings',
        { query: { type, limit: 200, ...(pageParam === undefined ? {} : { after: pageParam }) } },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
}

/** The members of a mapping in one status, page by page. */
export function useMembers(mapping: Mapping, status: MemberStatus) {
  return useInfiniteQuery({
    queryKey: ['members', keyOfMapping(mapping), status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listMappingMembers',
        {
          query: {
            collection: mapping.collectionId,
            group: mapping.groupId,
            status,
            limit: 500,
            ...(pageParam === undefined ? {} : { after: pageParam }),
          },
        },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
}

/** Runs a full synchronization of a mapping's collection and waits for its end. */
export function useSynchronize() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (mapping: Mapping) => {
      const body = { collections: [mapping.collectionId], full: true };
      const job = await api.call('synchronize', { body });
      return finished('synchronize', job, () => void queries.invalidateQueries({ queryKey: ['mappings'] }));
    },
    onSettled: () => queries.invalidateQueries(),
  });
}

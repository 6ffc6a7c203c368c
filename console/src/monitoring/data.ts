import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Mapping, MappingMember, ResourceType } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';
import type { Sort } from '../parts/columns.ts';
import { refreshSite } from '../parts/live.ts';
import { usePages } from '../parts/pages.ts';
import { sorted } from '../parts/sorted.ts';
import { filterQuery, type MappingFilter } from './filter.ts';

export type MemberStatus = MappingMember['status'];

/** What names a mapping in the console's addresses. */
export const keyOfMapping = (row: { collectionId: string; groupId: string }) =>
  `${row.collectionId}.${row.groupId}`;

/** The mappings of collections of one type that a filter lets through; live events say when to read them again. */
export function useMappings(type: ResourceType, filter: MappingFilter, sort: Sort | null) {
  return usePages({
    key: ['mappings', type, filter, sort],
    pageSize: 200,
    read: (page, signal) => {
      const query = { type, ...filterQuery(filter), ...sorted(sort), ...page };
      return api.call('listMappings', { query }, signal);
    },
  });
}

/**
 * One mapping, wherever in the list it stands.
 * @param key as `keyOfMapping` gives it; null for none
 */
export function useMapping(key: string | null) {
  const [collection = '', groupId = ''] = key?.split('.') ?? [];
  return useQuery({
    queryKey: ['mapping', key],
    enabled: key !== null,
    queryFn: async ({ signal }) => {
      const query = { collection: [collection], limit: 1_000 };
      const { items } = await api.call('listMappings', { query }, signal);
      return items.find(row => row.groupId === groupId) ?? null;
    },
  });
}

/** The members of a mapping in one status. */
export function useMembers(mapping: Mapping, status: MemberStatus, sort: Sort | null, total: number) {
  return usePages<MappingMember>({
    key: ['members', keyOfMapping(mapping), status, sort],
    pageSize: 500,
    total,
    read: (page, signal) => {
      const { collectionId: collection, groupId: group } = mapping;
      const query = { collection, group, status, ...sorted(sort), ...page };
      return api.call('listMappingMembers', { query }, signal);
    },
  });
}

/** What runs of a mapping's collection did, the latest first. */
export function useRuns(mapping: Mapping, sort: Sort | null) {
  return usePages({
    key: ['runs', keyOfMapping(mapping), sort],
    pageSize: 100,
    read: ({ total: _, ...page }, signal) => {
      const { collectionId: collection, groupId: group } = mapping;
      return api.call('listRuns', { query: { collection, group, ...page, ...sorted(sort) } }, signal);
    },
  });
}

/** Works out what a run would do, without doing it. */
export function usePlan(mapping: Mapping) {
  return useMutation({
    mutationFn: async (full: boolean) => {
      const { plans } = await api.call('plan', { body: { collection: mapping.collectionId, full } });
      return plans.find(plan => plan.groupId === mapping.groupId) ?? null;
    },
  });
}

/** Evaluates and synchronizes a mapping's collection and waits for the end. `full` is Synchronize Membership. */
export function useSynchronize() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ mapping, full }: { mapping: Mapping; full: boolean }) => {
      const body = { collections: [mapping.collectionId], group: mapping.groupId, full };
      return finished('synchronize', await api.call('synchronize', { body }));
    },
    onSettled: () => refreshSite(queries),
  });
}

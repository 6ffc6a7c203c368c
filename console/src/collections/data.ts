import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CollectionSummary, NewRule, ResourceType } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';

/** The collections of one type whose name or id contains a text, page by page. */
export function useCollections(type: ResourceType, search: string) {
  return useInfiniteQuery({
    queryKey: ['collections', type, search],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listCollections',
        {
          query: {
            type,
            limit: 500,
            ...(search === '' ? {} : { search }),
            ...(pageParam === undefined ? {} : { after: pageParam }),
          },
        },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
}

/** One collection with its rules. */
export function useCollection(id: string) {
  return useQuery({
    queryKey: ['collection', id],
    queryFn: ({ signal }) => api.call('getCollection', { params: { ref: id } }, signal),
  });
}

/** The members of a collection, page by page. */
export function useCollectionMembers(id: string) {
  return useInfiniteQuery({
    queryKey: ['collection', id, 'members'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listCollectionMembers',
        {
          params: { ref: id },
          query: { limit: 500, ...(pageParam === undefined ? {} : { after: pageParam }) },
        },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
}

/** What can be done with collections; each reads the lists again when it is done. */
export function useCollectionActions() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries();
  return {
    create: useMutation({
      mutationFn: (body: { name: string; type: ResourceType; limitTo: string; comment: string | null }) =>
        api.call('createCollection', { body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (collection: CollectionSummary) =>
        api.call('deleteCollection', { params: { ref: collection.id } }),
      onSettled,
    }),
    updateMembership: useMutation({
      mutationFn: async (collection: CollectionSummary) => {
        const body = { collections: [collection.id], full: true };
        return finished('evaluate', await api.call('evaluate', { body }));
      },
      onSettled,
    }),
    addRule: useMutation({
      mutationFn: ({ id, rule }: { id: string; rule: NewRule }) =>
        api.call('addRule', { params: { ref: id }, body: rule }),
      onSettled,
    }),
    removeRule: useMutation({
      mutationFn: ({ id, rule }: { id: string; rule: number }) =>
        api.call('removeRule', { params: { ref: id, rule: String(rule) } }),
      onSettled,
    }),
  };
}

/** What is wrong with a query, read again whenever its text changes. */
export function useWqlCheck(query: string) {
  return useQuery({
    queryKey: ['wql', query],
    enabled: query.trim() !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await api.call('checkWql', { body: { queries: [query] } }, signal)).results[0] ?? null,
  });
}

/** Runs a query and shows what it finds. */
export function usePreview() {
  return useMutation({
    mutationFn: (body: { type: ResourceType; query: string }) =>
      api.call('preview', { body: { ...body, limit: 100 } }),
  });
}

import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { RequestOf, ResourceType, routes } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';

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

/** One collection with its rules; none for an empty id. */
export function useCollection(id: string) {
  return useQuery({
    queryKey: ['collection', id],
    enabled: id !== '',
    queryFn: ({ signal }) => api.call('getCollection', { params: { ref: id } }, signal),
  });
}

/** The members of a collection whose name contains a text, page by page. */
export function useCollectionMembers(id: string, search: string) {
  return useInfiniteQuery({
    queryKey: ['collection', id, 'members', search],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listCollectionMembers',
        {
          params: { ref: id },
          query: {
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

/** Makes a collection. */
export function useCreateCollection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RequestOf<typeof routes.createCollection>['body']) =>
      api.call('createCollection', { body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['collections'] }),
  });
}

/** Changes a collection's own values: name, limiting collection, updates, comment. */
export function useUpdateCollection(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RequestOf<typeof routes.updateCollection>['body']) =>
      api.call('updateCollection', { params: { ref: id }, body }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Deletes a collection; with `cascade`, what is limited to it goes too, and rules that name it. */
export function useDeleteCollection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, cascade }: { id: string; cascade: boolean }) =>
      api.call('deleteCollection', { params: { ref: id }, query: { cascade } }),
    onSettled: () => queries.invalidateQueries(),
  });
}

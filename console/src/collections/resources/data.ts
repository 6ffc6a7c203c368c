import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { ResourceType } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';

/** Devices or users whose name contains a text, page by page. */
export function useResources(type: ResourceType, search: string, limit = 500) {
  return useInfiniteQuery({
    queryKey: ['resources', type, search, limit],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'listResources',
        {
          query: {
            type,
            limit,
            ...(search === '' ? {} : { search }),
            ...(pageParam === undefined ? {} : { after: pageParam }),
          },
        },
        signal,
      ),
    getNextPageParam: page => page.next ?? undefined,
  });
}

/** One resource with its properties, inventory and Entra identity. */
export function useResource(id: number) {
  return useQuery({
    queryKey: ['resource', id],
    queryFn: ({ signal }) => api.call('getResource', { params: { ref: String(id) }, query: {} }, signal),
  });
}

/** Deletes a resource from the inventory. */
export function useDeleteResource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api.call('deleteResource', { params: { ref: String(id) }, query: {} }),
    onSettled: () => queries.invalidateQueries(),
  });
}

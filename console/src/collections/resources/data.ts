import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ResourceType } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import type { Sort } from '../../parts/columns.ts';
import { usePages } from '../../parts/pages.ts';
import { sorted } from '../../parts/sorted.ts';

/** Devices or users whose name begins with a text, as they come into view. */
export function useResourcePages(type: ResourceType, search: string, sort: Sort | null) {
  return usePages({
    key: ['resources', type, search, sort],
    pageSize: 200,
    read: (page, signal) => {
      const query = { type, ...page, ...(search === '' ? {} : { search }), ...sorted(sort) };
      return api.call('listResources', { query }, signal);
    },
  });
}

/** The first devices or users that a text finds, for choosing. */
export function useFoundResources(type: ResourceType, search: string, limit: number) {
  return useQuery({
    queryKey: ['resources', 'found', type, search, limit],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = { type, limit, ...(search === '' ? {} : { search }) };
      return api.call('listResources', { query }, signal);
    },
  });
}

/** One resource with its properties, inventory and Entra identity. */
export function useResource(id: number | null) {
  return useQuery({
    enabled: id !== null,
    queryKey: ['resource', id],
    queryFn: ({ signal }) => api.call('getResource', { params: { ref: String(id) }, query: {} }, signal),
  });
}

/** Deletes a resource from the inventory. */
export function useDeleteResource() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api.call('deleteResource', { params: { ref: String(id) }, query: {} }),
    // What is gone is not to be read again while the page still shows it.
    onSettled: (_answer, _error, id) =>
      queries.invalidateQueries({ predicate: ({ queryKey }) => !queryKey.includes(id) }),
  });
}

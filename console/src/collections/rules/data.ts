import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NewRule, ResourceType } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';

/** Adds rules to a collection. */
export function useAddRule(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: NewRule) => api.call('addRule', { params: { ref: id }, body: rule }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Gives a query rule another query or name. */
export function useUpdateRule(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ rule, ...body }: { rule: number; name: string; wql: string }) =>
      api.call('updateRule', { params: { ref: id, rule: String(rule) }, body }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** Takes a rule out of a collection. */
export function useRemoveRule(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: number) => api.call('removeRule', { params: { ref: id, rule: String(rule) } }),
    onSettled: () => queries.invalidateQueries(),
  });
}

/** What is wrong with a query, read again whenever its text changes. */
export function useWqlCheck(query: string) {
  return useQuery({
    queryKey: ['wql', query],
    enabled: query.trim() !== '',
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { results } = await api.call('checkWql', { body: { queries: [query] } }, signal);
      return { query, check: results[0] ?? null };
    },
  });
}

/** The classes and properties that queries may name. */
export function useWqlClasses() {
  return useQuery({
    queryKey: ['wql-classes'],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => (await api.call('listWqlClasses', {}, signal)).items,
  });
}

/** Runs a query and shows what it finds. */
export function usePreview() {
  return useMutation({
    mutationFn: (body: { type: ResourceType; query: string }) =>
      api.call('preview', { body: { ...body, limit: 1_000 } }),
  });
}

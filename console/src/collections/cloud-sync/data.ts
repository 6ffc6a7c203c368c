import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Group, Mapping, RequestOf, routes } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { type Tagged, useSavedForm } from '../../parts/edited.ts';

/** The mappings of one collection; none while no collection is chosen. */
export function useMappingsOf(collection: string | null) {
  return useQuery({
    queryKey: ['mappings', 'of', collection],
    enabled: collection !== null,
    queryFn: async ({ signal }) =>
      (await api.call('listMappings', { query: { collection: [collection ?? ''], limit: 1_000 } }, signal))
        .items,
  });
}

/** The connected tenants. */
export function useTenants() {
  return useQuery({
    queryKey: ['tenants'],
    queryFn: async ({ signal }) => (await api.call('listTenants', {}, signal)).items,
  });
}

/**
 * Groups of a tenant whose name starts with a text, straight from Entra; all of them for an empty text.
 * @param search null: not asked yet
 * @param signIn a user's sign-in to search with; undefined: as the app
 */
export function useGroups(tenant: string, search: string | null, signIn: string | undefined) {
  return useQuery({
    queryKey: ['groups', tenant, search, signIn ?? null],
    enabled: tenant !== '' && search !== null,
    queryFn: ({ signal }) =>
      api.call(
        'searchGroups',
        { query: { tenant, limit: 500, signIn, ...(search ? { startsWith: search } : {}) } },
        signal,
      ),
  });
}

/** Makes a security group in Entra, as the app or with a user's sign-in. */
export function useCreateGroup(tenant: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ displayName, signIn }: { displayName: string; signIn: string | undefined }) =>
      api.call('createGroup', { body: { displayName, tenant, signIn } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}

/** What would come of mapping a collection to groups, each looked at before anything is made. */
export function useMappingChecks(collection: string, tenant: string, groups: readonly Group[]) {
  return useQuery({
    queryKey: ['mapping-checks', collection, tenant, groups.map(group => group.id)],
    enabled: groups.length > 0,
    staleTime: 0,
    queryFn: ({ signal }) =>
      Promise.all(
        groups.map(group =>
          api.call('checkMapping', { body: { collection, tenant, group: group.id } }, signal),
        ),
      ),
  });
}

/** Maps a collection to groups, one after another. */
export function useAddMappings(collection: string, tenant: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (groups: readonly string[]) => {
      for (const group of groups) await api.call('addMapping', { body: { collection, tenant, group } });
    },
    onSettled: () => queries.invalidateQueries(),
  });
}

/** One mapping, with the tag of its state. */
export function useMapping(id: number) {
  return useQuery({ queryKey: mappingKey(id), queryFn: () => readMapping(id) });
}

/** A form over the limits and the pause of a mapping. */
export function useMappingForm<F extends object>(present: Tagged<Mapping>, formOf: (mapping: Mapping) => F) {
  const { id } = present.answer;
  return useSavedForm({
    ...{ queryKey: mappingKey(id), present, formOf, read: () => readMapping(id) },
    save: (body: RequestOf<typeof routes.updateMapping>['body'], ifMatch) =>
      api.read('updateMapping', { params: { id }, body, ifMatch }),
  });
}

const mappingKey = (id: number) => ['mapping', 'limits', id];
const readMapping = (id: number) => api.read('getMapping', { params: { id } });

/** Removes a mapping; the members that Rollcall put there stay or go. */
export function useRemoveMapping({ id }: Mapping) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (query: { removeMembers: boolean }) => api.call('removeMapping', { params: { id }, query }),
    onSettled: () => queries.invalidateQueries(),
  });
}

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Collection, RequestOf, ResourceType, routes } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import type { Sort } from '../parts/columns.ts';
import { type Tagged, useSavedForm } from '../parts/edited.ts';
import { usePages } from '../parts/pages.ts';
import { sorted } from '../parts/sorted.ts';

/** The collections of one type whose name contains a text or whose id begins with it, as they come into view. */
export function useCollectionPages(type: ResourceType, search: string, sort: Sort | null) {
  return usePages({
    key: ['collections', type, search, sort],
    pageSize: 200,
    read: (page, signal) => {
      const query = { type, ...page, ...(search === '' ? {} : { search }), ...sorted(sort) };
      return api.call('listCollections', { query }, signal);
    },
  });
}

/** The first collections of one type that a text finds, for choosing. */
export function useFoundCollections(type: ResourceType, search: string) {
  return useQuery({
    queryKey: ['collections', 'found', type, search],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { type, limit: 200, ...(search === '' ? {} : { search }) };
      return (await api.call('listCollections', { query }, signal)).items;
    },
  });
}

/** One collection with its rules, and the tag of its state; none for an empty id. */
export function useTaggedCollection(id: string) {
  return useQuery(collectionQuery(id));
}

/** One collection with its rules; none for an empty id. */
export function useCollection(id: string) {
  return useQuery({ ...collectionQuery(id), select: untagged });
}

const untagged = ({ answer }: Tagged<Collection>) => answer;

const readCollection = (id: string) => api.read('getCollection', { params: { ref: id } });

/** The question for one collection with its rules, and the tag of its state. */
export const collectionQuery = (id: string) => ({
  queryKey: ['collection', id],
  enabled: id !== '',
  queryFn: () => readCollection(id),
});

/** The members of a collection that a text finds by name, as they come into view. */
export function useCollectionMembers(collection: Collection, search: string, sort: Sort | null) {
  return usePages({
    key: ['collection', collection.id, 'members', search, sort],
    pageSize: 500,
    ...(search === '' ? { total: collection.memberCount } : {}),
    read: (page, signal) => {
      const query = { ...page, ...(search === '' ? {} : { search }), ...sorted(sort) };
      return api.call('listCollectionMembers', { params: { ref: collection.id }, query }, signal);
    },
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

/** A form over a collection's own values: name, limiting collection, updates, comment. */
export function useCollectionForm<F extends object>(
  present: Tagged<Collection>,
  formOf: (collection: Collection) => F,
) {
  const { id } = present.answer;
  return useSavedForm({
    ...{ queryKey: ['collection', id], present, formOf, read: () => readCollection(id) },
    save: (body: RequestOf<typeof routes.updateCollection>['body'], ifMatch) =>
      api.read('updateCollection', { params: { ref: id }, body, ifMatch }),
  });
}

/** Deletes a collection; with `cascade`, what is limited to it goes too, and rules that name it. */
export function useDeleteCollection() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, cascade }: { id: string; cascade: boolean }) =>
      api.call('deleteCollection', { params: { ref: id }, query: { cascade } }),
    // What is gone is not to be read again while the page still shows it: the page goes elsewhere at once, and the
    // lists follow.
    onSettled: (_answer, _error, { id }) => {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => !queryKey.includes(id) });
    },
  });
}

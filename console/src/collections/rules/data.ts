import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Collection, NewRule, ResourceType } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import type { Tagged } from '../../parts/edited.ts';
import { collectionQuery } from '../data.ts';

/** Adds rules to a collection, one request after another. Where one is refused, those before it are in. */
export function useAddRules(present: Tagged<Collection>) {
  const { id } = present.answer;
  return useRuleChange(present, async (rules: readonly NewRule[], tag, passed) => {
    let ifMatch = tag;
    for (const body of rules) {
      ({ etag: ifMatch } = await api.read('addRule', { params: { ref: id }, body, ifMatch }));
      passed(ifMatch);
    }
  });
}

/** Gives a query rule another query or name. */
export function useUpdateRule(present: Tagged<Collection>) {
  const { id } = present.answer;
  type Change = { rule: number; name: string; wql: string };
  return useRuleChange(present, ({ rule, ...body }: Change, ifMatch) =>
    api.call('updateRule', { params: { ref: id, rule: String(rule) }, body, ifMatch }),
  );
}

/**
 * A change of a collection's rules in a dialog. It is sent for the state that the dialog was opened with: rules are
 * understood together, and somebody else may have changed others meanwhile.
 */
function useRuleChange<B>(
  present: Tagged<Collection>,
  send: (body: B, etag: string | undefined, passed: (etag: string | undefined) => void) => Promise<unknown>,
) {
  const queries = useQueryClient();
  const [tag, setTag] = useState(present.etag);
  const sending = useMutation({
    // What a part of it has made of the collection is what the rest of it is meant for, also at another try.
    mutationFn: (body: B) => send(body, tag, setTag),
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    send: sending.mutate,
    pending: sending.isPending,
    error: sending.error,
    /** Goes on from what holds now, and gives it. */
    async loadAnew(): Promise<Collection> {
      const now = await queries.fetchQuery({ ...collectionQuery(present.answer.id), staleTime: 0 });
      setTag(now.etag);
      sending.reset();
      return now.answer;
    },
  };
}

/** Takes a rule out of a collection as it is shown. */
export function useRemoveRule({ answer: { id }, etag }: Tagged<Collection>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (rule: number) =>
      api.call('removeRule', { params: { ref: id, rule: String(rule) }, ifMatch: etag }),
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

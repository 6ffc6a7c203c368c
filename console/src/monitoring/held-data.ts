import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';
import { refreshSite } from '../parts/live.ts';
import { usePages } from '../parts/pages.ts';

export type HeldPlan = NonNullable<Mapping['heldPlan']>;

/** What a held plan would change, removals first. */
export function useHeldChanges(id: number, total: number) {
  return usePages({
    key: ['held', id],
    pageSize: 500,
    total,
    read: ({ total: _, ...query }, signal) => api.call('listHeldChanges', { params: { id }, query }, signal),
  });
}

/** Approves this very plan and waits for the run that carries it out. */
export function useApprove(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => finished('synchronize', await api.call('approveHeldPlan', { params: { id } })),
    onSettled: () => refreshSite(queries),
  });
}

/** Refuses a plan: its removals are not made, and not asked for again while they are the same. */
export function useRefuse(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      return api.call('refuseHeldPlan', { params: { id }, body });
    },
    onSuccess: () => refreshSite(queries),
  });
}

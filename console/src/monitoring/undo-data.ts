import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job, Mapping, SyncRun, UndoPlan } from '../../../src/api/contract/index.ts';
import { Problem } from '../../../src/base/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';
import { refreshSite } from '../parts/live.ts';

const requestOf = (mapping: Mapping, run: SyncRun) => ({
  collection: mapping.collectionId,
  group: mapping.groupId,
  run: run.id,
});

/** What it takes to put a group back to before a run; stays as it was shown until it is read again. */
export function useUndoPlan(mapping: Mapping, run: SyncRun) {
  return useQuery({
    queryKey: ['undo', run.id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: ({ signal }) => api.call('planUndo', { body: requestOf(mapping, run) }, signal),
  });
}

/** Makes the very changes of an undo that was shown, and follows the job to its end. */
export function useUndo(mapping: Mapping, run: SyncRun) {
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const undo = useMutation({
    mutationFn: async ({ digest }: UndoPlan) => {
      const started = await api.call('undo', { body: { ...requestOf(mapping, run), digest } });
      return finished('undo', started, setJob);
    },
    onSettled: () => {
      setJob(null);
      return refreshSite(queries);
    },
  });
  return { ...undo, job };
}

/** Whether an undo was refused because it would do something else by now than what was shown. */
export const hasChanged = (error: Error | null) => error instanceof Problem && error.code === 'undo-changed';

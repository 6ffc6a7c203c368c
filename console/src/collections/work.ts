import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CollectionSummary, Job } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';

/**
 * Update Membership (evaluate in full) and Synchronize Membership (evaluate, then write the groups in full) of a
 * collection; each waits for the end, and `progress` says meanwhile how far it is.
 */
export function useCollectionWork() {
  const queries = useQueryClient();
  const [progress, setProgress] = useState<string | null>(null);
  const look = (job: Job) => {
    setProgress(progressText(job));
    void queries.invalidateQueries({ queryKey: ['mappings'] });
  };
  const onSettled = () => {
    setProgress(null);
    return queries.invalidateQueries();
  };
  const update = useMutation({
    mutationFn: async ({ id }: CollectionSummary) => {
      const body = { collections: [id], full: true };
      return finished('evaluate', await api.call('evaluate', { body }), look);
    },
    onSettled,
  });
  const synchronize = useMutation({
    mutationFn: async ({ id }: CollectionSummary) => {
      const body = { collections: [id], full: true };
      return finished('synchronize', await api.call('synchronize', { body }), look);
    },
    onSettled,
  });
  return { update, synchronize, progress };
}

function progressText({ state, progress }: Job): string {
  if (state === 'queued') return 'Waiting for other work';
  if (!progress) return 'Beginning';
  const { phase, done, total, unit } = progress;
  const count = total ? `${done.toLocaleString()} of ${total.toLocaleString()}` : done.toLocaleString();
  return done === 0 && !total ? phase : `${phase}: ${count}${unit ? ` ${unit}` : ''}`;
}

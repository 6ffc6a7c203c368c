import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CollectionSummary, Job } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';

/**
 * Update Membership (evaluate in full) and Synchronize Membership (evaluate, then write the groups in full) of a
 * collection; each waits for the end, and `job` says meanwhile how far it is.
 */
export function useCollectionWork() {
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const look = (at: Job) => {
    setJob(at);
    void queries.invalidateQueries({ queryKey: ['mappings'] });
  };
  const onSettled = () => {
    setJob(null);
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
  return { update, synchronize, job };
}

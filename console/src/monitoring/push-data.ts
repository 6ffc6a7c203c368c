import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job, Mapping, MappingMember } from '../../../src/api/contract/index.ts';
import { api } from '../api/client.ts';
import { finished } from '../api/job.ts';
import { refreshSite } from '../parts/live.ts';

/** Pushes one member through to the mapping's group at once, and follows the job to its end. */
export function usePush(mapping: Mapping) {
  const queries = useQueryClient();
  const [job, setJob] = useState<Job | null>(null);
  const push = useMutation({
    mutationFn: async ({ resourceId }: MappingMember) => {
      const { collectionId: collection, groupId: group } = mapping;
      const started = await api.call('pushMember', {
        body: { collection, group, member: String(resourceId) },
      });
      return finished('member', started, setJob);
    },
    onSettled: () => {
      setJob(null);
      return refreshSite(queries);
    },
  });
  return { ...push, job };
}

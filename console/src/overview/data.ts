import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Span } from './spans.ts';

/** What is healthy and what needs somebody; live events say when to read it again. */
export function useOverview({ hours, bucket }: Span) {
  return useQuery({
    queryKey: ['overview', hours],
    // Another stretch of time keeps the page as it is until its figures have come.
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.call('getOverview', { query: { hours, bucket } }, signal),
  });
}

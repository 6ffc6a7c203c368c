import type { Mapping, ResourceType } from '../../../src/api/contract/index.ts';
import { addressOf } from '../shell/place.ts';

type Status = Mapping['status'];

/** Every status of a mapping, what needs somebody first. */
export const statuses: readonly Status[] = [
  'Failed',
  'Awaiting Approval',
  'Partial Success',
  'In Progress',
  'Success',
  'Disabled',
];

/** Which mappings the list shows. */
export interface MappingFilter {
  /** None: all. */
  status: readonly Status[];
  search: string;
}

/** The filter as the API is asked with it. */
export function filterQuery({ status, search }: MappingFilter): { status?: Status[]; search?: string } {
  return { ...(status.length > 0 ? { status: [...status] } : {}), ...(search ? { search } : {}) };
}

/** The statuses that an address names; what is no status is left out. */
export function statusesOf(text: string | null): Status[] {
  const named = new Set(text?.split(','));
  return statuses.filter(status => named.has(status));
}

/** The address of the mappings of one type of collection, filtered by status. */
export function mappingsAddress(type: ResourceType, status: readonly Status[] = []): string {
  return addressOf(`/monitoring/${type}-collections`, status.length > 0 ? { status: status.join(',') } : {});
}

import type { CollectionSummary, ResourceSummary, ResourceType } from '../../../src/api/contract/index.ts';

/** The built-in collection that everything of a type is limited to in the end. */
export const allOf: Record<ResourceType, string> = { device: 'SMS00001', user: 'SMS00002' };

/** How a collection's membership stands. */
export function evaluationState(
  collection: CollectionSummary,
): 'Failed' | 'Never evaluated' | 'Outdated' | 'Up to date' {
  if (collection.error !== null) return 'Failed';
  if (collection.lastEvaluationTime === null) return 'Never evaluated';
  return collection.evaluationPending ? 'Outdated' : 'Up to date';
}

/** What tells resources of one name apart. */
export function noteOf(resource: ResourceSummary): string {
  return resource.userPrincipalName ?? resource.externalId ?? `Resource ${resource.id}`;
}

// Which resources belong together: collections, their rules, and their evaluated memberships.
import type { Clock, WorkContext } from '../base/index.ts';
import type { Store } from '../store/index.ts';
import { type EvaluationOptions, evaluateWith } from './evaluation/evaluate.ts';
import type { EvaluationResult } from './evaluation/result.ts';
import { explainMembershipWith } from './explain/explain.ts';
import { type LettingRule, lettingRulesWith } from './explain/letting.ts';
import type { MembershipExplanation } from './explain/types.ts';
import { type PreviewOptions, previewQueryWith, type QueryPreview } from './preview.ts';
import { loadQueryRules } from './query-rules.ts';
import { type DeletedCollections, type DeleteOptions, deleteCollectionWith } from './remove.ts';
import { type AddedRule, addDirectRules, addRuleWith } from './rules/add.ts';
import { changeQueryRuleWith, type QueryRuleChange } from './rules/change.ts';
import { getCollectionWith } from './show.ts';
import type { CollectionChange, CollectionDetail, CollectionSummary, NewRule } from './types.ts';
import { updateCollectionWith } from './update.ts';

export { createCollection } from './create.ts';
export { dueCollections } from './due.ts';
export type { EvaluationOptions } from './evaluation/evaluate.ts';
export type { EvaluationResult } from './evaluation/result.ts';
export type { LettingRule } from './explain/letting.ts';
export type {
  ConditionExplanation,
  MembershipExplanation,
  RuleExplanation,
} from './explain/types.ts';

export {
  getHistoryDays,
  membershipHistory,
  pruneHistory,
  setHistoryDays,
} from './history.ts';
export { listCollections } from './list.ts';
export {
  collectionMembers,
  memberIds,
  memberOf,
} from './members.ts';
export type { PreviewOptions, QueryPreview } from './preview.ts';
export type { DeletedCollections, DeleteOptions } from './remove.ts';
export type { AddedRule } from './rules/add.ts';
export { removeRule } from './rules/remove.ts';
export type {
  CollectionChange,
  CollectionDetail,
  CollectionSummary,
  NewCollection,
  NewRule,
} from './types.ts';

/**
 * Changes a collection; what `change` leaves out stays. Rules of others follow a new name by themselves.
 * @throws Problem collection-not-found, collection-built-in, collection-exists, collection-type-differs,
 * collection-cycle, schedule-invalid
 */
export async function updateCollection(
  store: Store,
  ref: string,
  change: CollectionChange,
): Promise<CollectionSummary> {
  return updateCollectionWith(store, await loadQueryRules(store), ref, change);
}

/**
 * Deletes a collection. With `cascade`, what is limited to it goes too and rules that name it are taken out of
 * others; without, it is refused while others use it.
 * @throws Problem collection-not-found, collection-built-in, collection-in-use (naming them), collection-mapped
 */
export async function deleteCollection(
  store: Store,
  ref: string,
  options: DeleteOptions = { cascade: false },
): Promise<DeletedCollections> {
  return deleteCollectionWith(store, await loadQueryRules(store), ref, options);
}

/**
 * A collection with its rules, and what depends on it.
 * @throws Problem collection-not-found
 */
export async function getCollection(store: Store, ref: string): Promise<CollectionDetail> {
  return getCollectionWith(store, await loadQueryRules(store), ref);
}

/**
 * Adds a rule, or direct rules for many resources at once. A query is checked first.
 * @param among numbers of the collections that a query may name, and whose members a direct rule may: others are to it
 *   as if they did not exist; left out: all
 * @throws Problem collection-not-found, collection-built-in, resource-unknown, resource-ambiguous, query-invalid,
 * query-type-differs, query-reads-any-collection, collection-type-differs, collection-cycle, rule-exists,
 * rule-name-taken
 */
export async function addRule(
  store: Store,
  ref: string,
  rule: NewRule,
  among?: readonly number[],
): Promise<AddedRule> {
  if (rule.kind === 'direct') return addDirectRules(store, ref, rule.resources, among);
  return addRuleWith(store, await loadQueryRules(store), ref, rule, among);
}

/**
 * Gives a query rule another query or name. A query is checked as when it is added.
 * @param rule number or name of the rule
 * @param among as in `addRule`
 * @returns its number
 * @throws Problem collection-not-found, collection-built-in, rule-not-found, rule-ambiguous, rule-not-a-query,
 * rule-name-taken, query-invalid, query-type-differs, query-reads-any-collection, collection-cycle
 */
export async function changeQueryRule(
  store: Store,
  ref: string,
  rule: string,
  change: QueryRuleChange,
  among?: readonly number[],
): Promise<number> {
  return changeQueryRuleWith(store, await loadQueryRules(store), ref, rule, change, among);
}

/**
 * Brings memberships up to date and writes who joined and left to the feed. Stopped or killed at any instant, each
 * collection has its membership of before or of after, and the next incremental evaluation completes the rest.
 * @throws Problem collection-not-found; evaluation-overtaken when another evaluation begins meanwhile; the signal's
 * reason when it is aborted
 */
export async function evaluate(
  store: Store,
  options: EvaluationOptions,
  work: WorkContext,
): Promise<EvaluationResult> {
  return evaluateWith(store, await loadQueryRules(store), options, work);
}

/**
 * Why a resource is in a collection or not: which rule lets it in, which limiting or excluded collection keeps it
 * out and why, and which conditions of a query it fails with the values found.
 * @param resourceRef number, name, external id or UPN of a resource
 * @throws Problem collection-not-found, and those of getResource
 */
export async function explainMembership(
  store: Store,
  ref: string,
  resourceRef: string,
  clock: Clock,
): Promise<MembershipExplanation> {
  return explainMembershipWith(store, await loadQueryRules(store), ref, resourceRef, clock);
}

/**
 * Which rules let members into their collections, of many resources at once.
 * @param nums the collections; of each, only resources that are members of it count
 * @returns resource → the rules that let it in; a resource that a built-in collection holds has none
 */
export async function lettingRules(
  store: Store,
  nums: readonly number[],
  resourceIds: readonly number[],
  clock: Clock,
): Promise<Map<number, LettingRule[]>> {
  return lettingRulesWith(store, await loadQueryRules(store), nums, resourceIds, clock.now());
}

/**
 * What a query would find, by name.
 * @throws Problem query-invalid, query-type-differs, preview-limit-invalid
 */
export async function previewQuery(
  store: Store,
  options: PreviewOptions,
  clock: Clock,
): Promise<QueryPreview> {
  return previewQueryWith(store, await loadQueryRules(store), options, clock);
}
export { numsOf } from './reference.ts';

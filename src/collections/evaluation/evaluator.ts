import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import type { Queries } from '../../store/index.ts';
import type { CollectionNode } from '../graph/graph.ts';
import type { QueryRules } from '../queries.ts';
import { changesAmong } from '../sets/among.ts';
import { membershipOf } from '../sets/formula.ts';
import { IdSet, type Ids } from '../sets/idset.ts';
import type { BulkLoad } from './bulk-load.ts';
import type { CandidatePool, Candidates } from './candidates.ts';
import { KnownResources } from './known-resources.ts';
import type { Delta, WholeMemberships } from './memberships.ts';
import { runQuery, selectIds } from './run-query.ts';

/** What looking at one collection gave. */
export interface Finding extends Delta {
  /** How many members it has then. */
  members: number;
  /** Why a query rule could not run; null when all did. */
  error: string | null;
}

/** What an evaluator works with. */
export interface EvaluatorParts {
  db: Queries;
  queries: QueryRules;
  whole: WholeMemberships;
  pool: CandidatePool;
  bulk: BulkLoad;
  /** What has been found and is not in the store yet, by number of the collection. */
  unwritten: ReadonlyMap<number, Delta>;
  /** What GetDate() is. */
  now: Date;
  /** How many resources may be kept known at once. */
  knownLimit: number;
}

/** Finds out who joins and who leaves a collection, given that all it depends on has been looked at before. */
export class Evaluator {
  readonly #parts: EvaluatorParts;
  #known: KnownResources;
  #knownCount = 0;

  constructor(parts: EvaluatorParts) {
    this.#parts = parts;
    this.#known = new KnownResources(parts.db, parts.unwritten);
  }

  /** Looks at every resource. */
  async everything(node: CollectionNode): Promise<Finding> {
    const { whole } = this.#parts;
    const before = await whole.of(node.num, node.type);
    const limiting = node.limiting === null ? null : await whole.of(node.limiting, node.type);
    const { set, error } = await this.#letIn(node);
    const excluded: IdSet[] = [];
    for (const num of node.excludes) excluded.push(await whole.of(num, node.type));
    // A rule that can not run says nothing about who belongs: whoever was a member stays one.
    const letIn = error === null ? set : before.clone();
    const now = membershipOf({ letIn, limiting, excluded });
    const finding = { joined: now.minus(before), left: before.minus(now), members: now.count(), error };
    whole.keep(node.num, now);
    this.#known.record(node.num, finding);
    return finding;
  }

  /** Looks at some resources only. */
  async among(node: CollectionNode, candidates: Candidates): Promise<Finding> {
    const known = await this.#about(candidates);
    const letIn: ReadonlySet<number>[] = [known.directs(node.num)];
    for (const num of node.includes) letIn.push(known.members(num));
    const members = known.members(node.num);
    const asked = await this.#ask(node, candidates);
    for (const ids of asked.answers) letIn.push(new Set(ids));
    const found = changesAmong({
      candidates: candidates.set,
      letIn: node.limiting === null ? [known.present()] : asked.error === null ? letIn : [members],
      limiting: node.limiting === null ? null : known.members(node.limiting),
      excluded: node.excludes.map(num => known.members(num)),
      members,
    });
    known.record(node.num, found);
    if (found.joined.length + found.left.length > 0) this.#parts.whole.forget(node.num);
    return {
      ...found,
      members: node.memberCount + found.joined.length - found.left.length,
      error: asked.error,
    };
  }

  /** What the rules of a collection let in, before limiting and exclude. */
  async #letIn(node: CollectionNode): Promise<{ set: IdSet; error: string | null }> {
    const { db, whole } = this.#parts;
    const set = new IdSet(whole.universe(node.type));
    if (node.limiting === null) {
      const all = sql`select id as resource_id from resource where type = ${node.type}`;
      return { set: set.addAll(await selectIds(db, all)), error: null };
    }
    const directs = sql`
      select resource_id from collection_rule where collection_num = ${node.num} and kind = 'direct'`;
    set.addAll(await selectIds(db, directs));
    for (const num of node.includes) set.or(await whole.of(num, node.type));
    const { answers, error } = await this.#ask(node, null);
    for (const ids of answers) set.addAll(ids);
    return { set, error };
  }

  /** Runs the query rules of a collection, over everything or over the candidates. */
  async #ask(
    node: CollectionNode,
    candidates: Candidates | null,
  ): Promise<{ answers: Ids[]; error: string | null }> {
    const { db, pool, queries, now } = this.#parts;
    const answers: Ids[] = [];
    for (const rule of node.queries) {
      const prepared = queries.prepare(rule.wql, node.type);
      if ('failure' in prepared) return { answers, error: `Query rule ${rule.name}: ${prepared.failure}` };
      try {
        const table = candidates ? await pool.table(candidates) : undefined;
        answers.push(await runQuery(db, prepared.compile(now, table)));
      } catch (error) {
        if (error instanceof Problem) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        return { answers, error: `Query rule ${rule.name} failed in the store: ${reason}` };
      }
    }
    return { answers, error: null };
  }

  async #about(candidates: Candidates): Promise<KnownResources> {
    if (!this.#known.covers(candidates)) {
      this.#knownCount += candidates.ids.length;
      if (this.#knownCount > this.#parts.knownLimit) {
        this.#known = new KnownResources(this.#parts.db, this.#parts.unwritten);
        this.#knownCount = candidates.ids.length;
      }
      await this.#parts.bulk.settle();
      await this.#known.load(candidates, await this.#parts.pool.table(candidates));
    }
    return this.#known;
  }
}

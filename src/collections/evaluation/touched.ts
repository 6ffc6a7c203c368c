import type { ResourceType } from '../../store/index.ts';
import type { PreparedQuery } from '../queries.ts';
import { unionOf } from '../sets/ids.ts';
import type { Ids } from '../sets/idset.ts';
import { type Changes, touches } from './feed.ts';

/** A list of resources with a name; the same name always means the same list. */
export interface NamedIds {
  name: string;
  ids: Ids;
}

/**
 * Which changed resources a query has to be asked about again. Thousands of queries read the same few properties, so
 * that the list is put together once for each combination.
 */
export class TouchedResources {
  readonly changes: Changes;
  readonly #byQuery = new Map<PreparedQuery, NamedIds>();
  readonly #byReads = new Map<string, NamedIds>();

  constructor(changes: Changes) {
    this.changes = changes;
  }

  /** Those that changed in what a query reads. */
  by(query: PreparedQuery): NamedIds {
    const known = this.#byQuery.get(query);
    if (known) return known;
    const name = `${query.resourceType} ${[...query.reads].sort().join(' ')}`;
    const same = this.#byReads.get(name);
    const found = same ?? { name, ids: this.#touching(query) };
    this.#byReads.set(name, found);
    this.#byQuery.set(query, found);
    return found;
  }

  /** Those of a type that are new or have been deleted. */
  cameOrWent(type: ResourceType): NamedIds {
    const groups = this.changes.groups.filter(
      group => group.resourceType === type && group.touched === 'everything',
    );
    return { name: `came or went ${type}`, ids: unionOf(groups.map(group => group.ids)) };
  }

  #touching(query: PreparedQuery): Ids {
    const groups = this.changes.groups.filter(group => touches(group, query.resourceType, query.reads));
    return unionOf(groups.map(group => group.ids));
  }
}

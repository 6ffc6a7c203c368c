import { fold } from '../base/index.ts';
import type { Queries, ResourceType } from '../store/index.ts';
import { chunks } from './chunks.ts';
import { type Document, emptyDocument, type Head } from './document.ts';
import type { ResourceRecord } from './record.ts';
import { headOf, parseDocument, type StoredResource } from './resource-row.ts';

/** A resource while a batch works on it. */
export interface Draft {
  /** As it was before the batch; null: new. */
  readonly stored: StoredResource | null;
  head: Head;
  document: Document;
  deleted: boolean;
}

/**
 * The resources that the records of a batch may mean. A record means the resource of its type with its externalId;
 * where there is none, the one of its name that has no externalId yet (which then gets it). A record without
 * externalId means the one of its name: the one without externalId first, else the only one.
 */
export class KnownResources {
  readonly #byExternalId = new Map<string, Draft>();
  readonly #byName = new Map<string, Draft[]>();
  readonly #byId = new Map<number, Draft>();

  /** Reads them for a batch, set-based. */
  static async load(queries: Queries, records: readonly ResourceRecord[]): Promise<KnownResources> {
    const known = new KnownResources();
    for (const type of ['device', 'user'] as const) {
      const ofType = records.filter(record => record.type === type);
      const externalIds = new Set(ofType.flatMap(record => record.externalId?.trim() ?? []));
      const names = new Set(ofType.map(record => fold(record.name.trim())));
      for (const list of chunks(externalIds)) {
        const rows = await ofTypeQuery(queries, type).where('external_id', 'in', list).execute();
        for (const row of rows) known.#take(row);
      }
      for (const list of chunks(names)) {
        const rows = await ofTypeQuery(queries, type).where('name_key', 'in', list).execute();
        for (const row of rows) known.#take(row);
      }
    }
    return known;
  }

  /** The draft that a record means; null: none yet; a sentence where it can not be told. */
  find(record: ResourceRecord): Draft | null | string {
    const { type } = record;
    const externalId = record.externalId?.trim();
    const sameName = this.#byName.get(keyOf(type, fold(record.name.trim()))) ?? [];
    const unkeyed = sameName.find(draft => draft.head.externalId === null);
    if (externalId !== undefined) return this.#byExternalId.get(keyOf(type, externalId)) ?? unkeyed ?? null;
    if (unkeyed) return unkeyed;
    if (sameName.length > 1) {
      return `${sameName.length} ${type}s are named "${record.name}": say which by "externalId".`;
    }
    return sameName[0] ?? null;
  }

  /** The ids of all resources of a record's type and name. */
  named(record: ResourceRecord): number[] {
    const sameName = this.#byName.get(keyOf(record.type, fold(record.name.trim()))) ?? [];
    return sameName.map(draft => draft.head.id);
  }

  /** Takes a new draft, so that later records of the batch find it. */
  add(draft: Draft): void {
    this.#byId.set(draft.head.id, draft);
    this.#index(draft);
  }

  /** Puts a new head in place of a draft's own; with null, the draft is gone for later records. */
  rehead(draft: Draft, head: Head | null): void {
    this.#unindex(draft);
    if (!head) return;
    draft.head = head;
    this.#index(draft);
  }

  /** All drafts, touched or not. */
  drafts(): Iterable<Draft> {
    return this.#byId.values();
  }

  #take(row: StoredResource): void {
    if (this.#byId.has(row.id)) return;
    this.add({ stored: row, head: headOf(row), document: emptyDocument, deleted: false });
  }

  #index(draft: Draft): void {
    const { type, externalId, name } = draft.head;
    if (externalId !== null) this.#byExternalId.set(keyOf(type, externalId), draft);
    const nameKey = keyOf(type, fold(name));
    const sameName = this.#byName.get(nameKey);
    if (sameName) sameName.push(draft);
    else this.#byName.set(nameKey, [draft]);
  }

  #unindex(draft: Draft): void {
    const { type, externalId, name } = draft.head;
    if (externalId !== null) this.#byExternalId.delete(keyOf(type, externalId));
    const nameKey = keyOf(type, fold(name));
    const others = (this.#byName.get(nameKey) ?? []).filter(one => one !== draft);
    this.#byName.set(nameKey, others);
  }
}

/** The document of a draft as stored; parsed when a record first means it. */
export function storedDocument(draft: Draft): Document {
  return draft.stored ? parseDocument(draft.stored.document) : emptyDocument;
}

function ofTypeQuery(queries: Queries, type: ResourceType) {
  return queries.selectFrom('resource').selectAll().where('type', '=', type);
}

function keyOf(type: ResourceType, key: string): string {
  return type === 'device' ? `d${key}` : `u${key}`;
}

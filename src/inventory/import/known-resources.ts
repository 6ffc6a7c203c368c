import { sql } from 'kysely';
import { fold } from '../../base/index.ts';
import type { Dialect, Queries, ResourceType } from '../../store/index.ts';
import { anyEntraResource, entraSource, isEntraExternalId } from '../identity/entra-twins.ts';
import { type Document, emptyDocument, type Head } from '../resources/document.ts';
import { headOf, parseDocument, type StoredResource } from '../resources/resource-row.ts';
import type { PreparedRecord } from './import-line.ts';
import type { KeyedRecord } from './keyed-record.ts';

/** A resource while a batch works on it. */
export interface Draft {
  /** As it was before the batch; null: new. */
  readonly stored: StoredResource | null;
  head: Head;
  document: Document;
  /** A new resource whose rows and document were made elsewhere; `document` is empty then. */
  prepared?: PreparedRecord | undefined;
  deleted: boolean;
}

/** The resources of one type by their keys. */
interface KeyMaps {
  byExternalId: Map<string, Draft>;
  byName: Map<string, Draft[]>;
}

/**
 * The resources that the records of a batch may mean. A record means the resource of its type with its externalId;
 * where there is none, the one of its name that has no externalId yet (which then gets it). A record without
 * externalId means the one of its name: the one without externalId first, else the only one. Where there is none either,
 * it means the resource that only Entra knew of the same device or user, and takes it over: never by name.
 */
export class KnownResources {
  readonly #maps: Record<ResourceType, KeyMaps> = {
    device: { byExternalId: new Map(), byName: new Map() },
    user: { byExternalId: new Map(), byName: new Map() },
  };
  readonly #ids = new Set<number>();
  /** Resources that only Entra knows, by what finds an Entra object. */
  readonly #twins = new Map<string, Draft>();

  /** Reads them for a batch, set-based. */
  static async load(
    queries: Queries,
    dialect: Dialect,
    records: readonly KeyedRecord[],
  ): Promise<KnownResources> {
    const known = new KnownResources();
    for (const type of ['device', 'user'] as const) await known.#load(queries, dialect, type, records);
    return known;
  }

  /** The draft that a record means; null: none yet; a sentence where it can not be told. */
  find(keyed: KeyedRecord): Draft | null | string {
    return this.#findOwn(keyed) ?? this.#findTwin(keyed);
  }

  #findOwn({ record, externalId, nameKey }: KeyedRecord): Draft | null | string {
    const maps = this.#maps[record.type];
    const keyed = externalId === null ? undefined : maps.byExternalId.get(externalId);
    if (keyed) return keyed;
    if (isEntraExternalId(externalId)) return null;
    const sameName = maps.byName.get(nameKey);
    if (!sameName) return null;
    const unkeyed = sameName.find(draft => draft.head.externalId === null);
    if (unkeyed || externalId !== null) return unkeyed ?? null;
    if (sameName.length > 1) {
      return `${sameName.length} ${record.type}s are named "${record.name}": say which by "externalId".`;
    }
    return sameName[0] ?? null;
  }

  #findTwin({ record, externalId }: KeyedRecord): Draft | null {
    if (this.#twins.size === 0 || record.deleted || isEntraExternalId(externalId)) return null;
    for (const key of twinKeys(record.type, record)) {
      const twin = this.#twins.get(key);
      // One that another line has given an externalId is that line's.
      if (twin && (twin.head.externalId === null || externalId === null)) return twin;
    }
    return null;
  }

  /** The ids of the resources that a record means or may mean. */
  mayMean(keyed: KeyedRecord): number[] {
    const found = this.find(keyed);
    return typeof found === 'string' ? this.named(keyed) : found ? [found.head.id] : [];
  }

  /** The ids of all resources of a record's type and name. */
  named({ record, nameKey }: KeyedRecord): number[] {
    return (this.#maps[record.type].byName.get(nameKey) ?? []).map(draft => draft.head.id);
  }

  /** Takes a new draft, so that later records of the batch find it. */
  add(draft: Draft): void {
    const { type, externalId, nameKey } = draft.head;
    const { byExternalId, byName } = this.#maps[type];
    if (externalId !== null) byExternalId.set(externalId, draft);
    const sameName = byName.get(nameKey);
    if (sameName) sameName.push(draft);
    else byName.set(nameKey, [draft]);
  }

  /** Puts a new head in place of a draft's own; with null, the draft is gone for later records. */
  rehead(draft: Draft, head: Head | null): void {
    const { type, externalId, nameKey } = draft.head;
    const { byExternalId, byName } = this.#maps[type];
    if (externalId !== null) byExternalId.delete(externalId);
    const others = (byName.get(nameKey) ?? []).filter(one => one !== draft);
    if (others.length > 0) byName.set(nameKey, others);
    else byName.delete(nameKey);
    if (!head) return;
    draft.head = head;
    this.add(draft);
  }

  async #load(queries: Queries, dialect: Dialect, type: ResourceType, records: readonly KeyedRecord[]) {
    const ofType = records.filter(one => one.record.type === type);
    const externalIds = new Set(ofType.flatMap(one => one.externalId ?? []));
    await this.#take(queries, type, sql`external_id in ${dialect.among([...externalIds])}`, externalIds.size);
    const { byExternalId } = this.#maps[type];
    // What its externalId finds is not looked for by name, unless a line of the batch may delete it before.
    const mayVanish = ofType.some(one => one.record.deleted);
    const nameless = ofType.filter(
      one => mayVanish || one.externalId === null || !byExternalId.has(one.externalId),
    );
    const names = new Set(nameless.map(one => one.nameKey));
    const named = sql`source <> ${entraSource} and name_key in ${dialect.among([...names])}`;
    await this.#take(queries, type, named, names.size);
    if (await anyEntraResource(queries, type)) await this.#loadTwins(queries, dialect, type, ofType);
  }

  async #loadTwins(
    queries: Queries,
    dialect: Dialect,
    type: ResourceType,
    records: readonly KeyedRecord[],
  ): Promise<void> {
    const wanted = records.filter(one => !isEntraExternalId(one.externalId));
    for (const [column, of] of twinColumns[type]) {
      const values = [...new Set(wanted.flatMap(({ record }) => of(record) ?? []))];
      if (values.length === 0) continue;
      // By the key alone: asked for the type too, the database would read all resources of that type.
      const { rows } = await sql<StoredResource>`select * from resource
        where source = ${entraSource} and ${sql.ref(column)} in ${dialect.among(values)}`.execute(queries);
      for (const row of rows) {
        if (row.type !== type || this.#ids.has(row.id)) continue;
        this.#ids.add(row.id);
        // Without the externalId that discovery gave: whoever takes it over gives its own.
        const head = { ...headOf(row), externalId: null };
        const draft: Draft = { stored: row, head, document: emptyDocument, deleted: false };
        for (const key of twinKeys(type, head)) this.#twins.set(key, draft);
      }
    }
  }

  async #take(queries: Queries, type: ResourceType, condition: ReturnType<typeof sql>, count: number) {
    if (count === 0) return;
    const query = sql<StoredResource>`select * from resource where type = ${type} and ${condition}`;
    for (const row of (await query.execute(queries)).rows) {
      if (this.#ids.has(row.id)) continue;
      this.#ids.add(row.id);
      this.add({ stored: row, head: headOf(row), document: emptyDocument, deleted: false });
    }
  }
}

/** The document of a draft as stored; parsed when a record first means it. */
export function storedDocument(draft: Draft): Document {
  return draft.stored ? parseDocument(draft.stored.document) : emptyDocument;
}

type IdentityKeys = Partial<
  Record<'entraDeviceId' | 'entraUserId' | 'userPrincipalName' | 'onPremisesSid', string | null | undefined>
>;

/** By which columns, and what of a record, a resource that only Entra knows is found, the surest first. */
const twinColumns: Record<
  ResourceType,
  readonly (readonly [string, (keys: IdentityKeys) => string | null])[]
> = {
  device: [['entra_device_id', keys => given(keys.entraDeviceId)?.toLowerCase() ?? null]],
  user: [
    ['entra_user_id', keys => given(keys.entraUserId)?.toLowerCase() ?? null],
    ['on_premises_sid', keys => given(keys.onPremisesSid)?.toUpperCase() ?? null],
    ['upn_key', keys => (given(keys.userPrincipalName) === null ? null : fold(keys.userPrincipalName ?? ''))],
  ],
};

function twinKeys(type: ResourceType, keys: IdentityKeys): string[] {
  return twinColumns[type].flatMap(([column, of]) => {
    const value = of(keys);
    return value === null ? [] : [`${column} ${value}`];
  });
}

function given(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

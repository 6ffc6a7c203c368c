import { silent, type WorkContext } from '../../src/base/index.ts';
import {
  addMapping,
  mappingStatus,
  type SynchronizeOptions,
  synchronize,
} from '../../src/cloudsync/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { FakeDirectory } from './fake-directory.ts';
import { TestClock } from './test-clock.ts';

/** How Entra answers when it is asked for the members of a group. */
type Answers = { pageSize?: number; fewestPages?: number };

/** A store with one tenant whose directory is in memory, and collections that the test fills itself. */
export class Site {
  readonly store: Store;
  readonly clock = new TestClock();
  readonly entra: FakeDirectory;
  readonly tenant = { id: 1, name: 'Contoso' };
  readonly work: WorkContext = { clock: this.clock, report: silent, signal: new AbortController().signal };
  readonly directories = async () => this.entra;
  readonly #resources = new Map<string, number>();
  readonly #collections = new Map<string, number>();

  private constructor(store: Store, answers: Answers) {
    this.store = store;
    this.entra = new FakeDirectory(this.clock, answers);
  }

  /** Opens a site in memory, or in a file. */
  static async open(file = ':memory:', answers: Answers = {}): Promise<Site> {
    const site = new Site(await openSqlite(file), answers);
    const at = site.clock.now().toISOString();
    await site.store.db
      .insertInto('cloud_service')
      .values({
        name: 'Contoso',
        name_key: 'contoso',
        tenant_id: 'tenant',
        client_id: 'client',
        cloud: 'public',
        login_url: 'https://login.example',
        graph_url: 'https://graph.example',
        credential_kind: 'client-secret',
        group_sync: 1,
        discovery: 1,
        discovery_minutes: 5,
        full_discovery_days: 7,
        entra_authentication_disabled: 0,
        max_removals: 500,
        max_removal_percent: 30,
        quota_share: 90,
        allow_role_assignable: 0,
        created_at: at,
        updated_at: at,
      })
      .execute();
    return site;
  }

  close = () => this.store.close();

  /** Makes an evaluated collection with members. */
  async collection(name: string, members: string[] = [], type: 'device' | 'user' = 'device'): Promise<void> {
    const at = this.clock.now().toISOString();
    const { num } = await this.store.db
      .insertInto('collection')
      .values({
        id: `XYZ0000${this.#collections.size + 1}`,
        name,
        name_key: name.toLowerCase(),
        type,
        built_in: 0,
        incremental: 1,
        member_count: 0,
        stale: 0,
        evaluated_at: at,
        last_joined: 0,
        last_left: 0,
        created_at: at,
      })
      .returning('num')
      .executeTakeFirstOrThrow();
    this.#collections.set(name, num);
    await this.join(name, ...members);
  }

  /** Makes resources whose Entra object bears the same name; `absent` ones are Not in Entra. */
  async resource(name: string, { absent = false } = {}): Promise<number> {
    const known = this.#resources.get(name);
    if (known !== undefined) return known;
    const id = 16_777_217 + this.#resources.size;
    this.#resources.set(name, id);
    const at = this.clock.now().toISOString();
    await this.store.db
      .insertInto('resource')
      .values({
        id,
        type: 'device',
        name,
        name_key: name.toLowerCase(),
        source: 'import',
        document: '{}',
        created_at: at,
        updated_at: at,
      })
      .execute();
    if (!absent) await this.identify(name, name);
    return id;
  }

  /** A resource is another Entra object from now on, or none. */
  async identify(name: string, objectId: string | null, { dropOld = false } = {}): Promise<void> {
    const resourceId = await this.resource(name, { absent: true });
    const key = { cloud_service_id: 1, resource_id: resourceId };
    await this.store.transaction(async tx => {
      const old = await tx
        .deleteFrom('entra_identity')
        .where('resource_id', '=', resourceId)
        .returning('object_id')
        .executeTakeFirst();
      if (old && dropOld) {
        await tx.deleteFrom('entra_object').where('object_id', '=', old.object_id).execute();
      }
      if (objectId !== null) {
        await this.store.dialect.insertMany(
          tx,
          'entra_object',
          ['cloud_service_id', 'object_id', 'kind', 'display_name', 'generation'],
          [[1, objectId, 'device', name, 1]],
          'replace',
        );
        await tx
          .insertInto('entra_identity')
          .values({ ...key, object_id: objectId })
          .execute();
      }
      await tx
        .insertInto('identity_change')
        .values({
          ...key,
          old_object_id: old?.object_id ?? null,
          new_object_id: objectId,
          at: this.clock.now().toISOString(),
        })
        .execute();
      if (old && dropOld) this.entra.drop(old.object_id);
    });
    if (objectId !== null) this.entra.objects.set(objectId, name);
  }

  async join(collection: string, ...names: string[]): Promise<void> {
    for (const name of names) await this.#change(collection, await this.resource(name), 1);
  }

  async leave(collection: string, ...names: string[]): Promise<void> {
    for (const name of names) await this.#change(collection, await this.resource(name), -1);
  }

  async #change(collection: string, resource_id: number, change: 1 | -1): Promise<void> {
    const collection_num = this.#collections.get(collection) ?? 0;
    await this.store.transaction(async tx => {
      if (change === 1) await tx.insertInto('membership').values({ collection_num, resource_id }).execute();
      else {
        await tx
          .deleteFrom('membership')
          .where('collection_num', '=', collection_num)
          .where('resource_id', '=', resource_id)
          .execute();
      }
      await tx
        .updateTable('collection')
        .set(eb => ({ member_count: eb('member_count', '+', change) }))
        .where('num', '=', collection_num)
        .execute();
      const at = this.clock.now().toISOString();
      await tx.insertInto('membership_change').values({ collection_num, resource_id, change, at }).execute();
    });
  }

  map(collection: string, group: string, tenant = this.tenant) {
    return addMapping(this.store, this.entra, tenant, { collection, group }, this.clock);
  }

  /** Connects another tenant, which differs from the first by its name and tenant id. */
  async secondTenant(tenantId: string): Promise<{ id: number; name: string }> {
    const { id: _, ...first } = await this.store.db
      .selectFrom('cloud_service')
      .selectAll()
      .executeTakeFirstOrThrow();
    const name = 'Fabrikam';
    const { id } = await this.store.db
      .insertInto('cloud_service')
      .values({ ...first, name, name_key: 'fabrikam', tenant_id: tenantId })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { id, name };
  }

  /** Synchronizes all groups, or those of some collections. */
  run(options: Partial<SynchronizeOptions> = {}, signal: AbortSignal = this.work.signal) {
    const all = { full: false, approve: false, requestedBy: 'test', ...options };
    return synchronize(this.store, this.directories, all, { ...this.work, signal });
  }

  /** Synchronizes the only group there is, and gives its result. */
  async runOne(options: Partial<SynchronizeOptions> = {}) {
    const [result] = await this.run(options);
    if (!result) throw new Error('nothing ran');
    return result;
  }

  /** The status of the only mapping of a collection. */
  async status(collection: string) {
    const [status] = await mappingStatus(this.store, { collections: [collection] });
    if (!status) throw new Error('not mapped');
    return status;
  }
}

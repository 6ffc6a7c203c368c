import type { Queries, ResourceType } from '../../store/index.ts';

/** Where ConfigMgr begins to number devices and users. */
export const firstResourceId = { device: 16_777_217, user: 2_063_597_569 } as const;

/** The type of a resource by its id. */
export function typeOfId(id: number): ResourceType {
  return id >= firstResourceId.user ? 'user' : 'device';
}

/** Hands out ids within one transaction. An id is never handed out twice, also not after its resource was deleted. */
export class ResourceIds {
  readonly #next: Record<ResourceType, number>;
  readonly #stored: Record<ResourceType, number>;

  private constructor(next: Record<ResourceType, number>) {
    this.#next = { ...next };
    this.#stored = next;
  }

  static async load(queries: Queries): Promise<ResourceIds> {
    const rows = await queries
      .selectFrom('setting')
      .selectAll()
      .where('key', 'in', [settingKey('device'), settingKey('user')])
      .execute();
    const next = (type: ResourceType) =>
      Number(rows.find(row => row.key === settingKey(type))?.value ?? firstResourceId[type]);
    return new ResourceIds({ device: next('device'), user: next('user') });
  }

  /** The next free id. */
  take(type: ResourceType): number {
    const id = this.#next[type];
    this.#next[type] += 1;
    return id;
  }

  /** Stores how far it came. */
  async save(queries: Queries): Promise<void> {
    for (const type of ['device', 'user'] as const) {
      if (this.#next[type] === this.#stored[type]) continue;
      const value = String(this.#next[type]);
      await queries
        .insertInto('setting')
        .values({ key: settingKey(type), value })
        .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
        .execute();
    }
  }
}

function settingKey(type: ResourceType): string {
  return `inventory.next-${type}-id`;
}

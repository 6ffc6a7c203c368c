import type { ResourceType } from '../../store/index.ts';
import { firstResourceId, typeOfId } from '../resources/resource-ids.ts';

/** A set of resource ids, a bit each: what an import of a million has seen takes 125 kB. */
export class SeenResources {
  readonly #bits: Record<ResourceType, Uint8Array> = {
    device: new Uint8Array(1024),
    user: new Uint8Array(1024),
  };

  /** Whether it was there already; it is there now. */
  add(id: number): boolean {
    const type = typeOfId(id);
    const offset = id - firstResourceId[type];
    const index = offset >>> 3;
    if (index >= this.#bits[type].length) this.#grow(type, index);
    const bits = this.#bits[type];
    const mask = 1 << (offset & 7);
    const before = bits[index] ?? 0;
    bits[index] = before | mask;
    return (before & mask) !== 0;
  }

  has(id: number): boolean {
    const type = typeOfId(id);
    const offset = id - firstResourceId[type];
    return ((this.#bits[type][offset >>> 3] ?? 0) & (1 << (offset & 7))) !== 0;
  }

  #grow(type: ResourceType, index: number): void {
    const grown = new Uint8Array(Math.max(index + 1, this.#bits[type].length * 2));
    grown.set(this.#bits[type]);
    this.#bits[type] = grown;
  }
}

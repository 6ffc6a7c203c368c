import type { ResourceRecord, Scalar } from '../../src/inventory/index.ts';

type Value = Scalar | Scalar[];
interface Kept {
  type: string;
  name: string;
  externalId: string | null;
  entraDeviceId: string | null;
  properties: Record<string, Value>;
  inventory: Record<string, Record<string, Value>[]>;
}

/** What an import should come to, said naively: one record after the other, names of properties in lower case. */
export class Model {
  #resources: Kept[] = [];

  /** False: the record can not be told apart and is refused. */
  take(record: ResourceRecord): boolean {
    const found = this.#find(record);
    if (found === 'ambiguous') return false;
    if (record.deleted) {
      this.#resources = this.#resources.filter(one => one !== found);
      return true;
    }
    const kept = found ?? this.#add(record.type);
    kept.name = record.name;
    kept.externalId = record.externalId ?? kept.externalId;
    if (record.entraDeviceId !== undefined) kept.entraDeviceId = record.entraDeviceId?.toLowerCase() ?? null;
    for (const [name, value] of Object.entries(record.properties ?? {})) {
      if (value === null || (Array.isArray(value) && value.length === 0))
        delete kept.properties[name.toLowerCase()];
      else kept.properties[name.toLowerCase()] = value;
    }
    for (const [name, rows] of Object.entries(record.inventory ?? {})) {
      kept.inventory[name.toLowerCase()] = rows.map(row => {
        const result: Record<string, Value> = {};
        for (const [property, value] of Object.entries(row)) {
          if (value === null) delete result[property.toLowerCase()];
          else result[property.toLowerCase()] = value;
        }
        return result;
      });
    }
    return true;
  }

  state(): string[] {
    return this.#resources.map(Model.text).sort();
  }

  /** One text for resources that are the same. */
  static text({ type, name, externalId, entraDeviceId, properties, inventory }: Kept): string {
    const sorted = (row: Record<string, Value>) =>
      Object.entries(row)
        .map(([key, value]) => [key.toLowerCase(), value] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const classes = Object.entries(inventory)
      .filter(([, rows]) => rows.length > 0)
      .map(([key, rows]) => [key.toLowerCase(), rows.map(sorted)]);
    return JSON.stringify([type, name, externalId, entraDeviceId, sorted(properties), classes]);
  }

  #find(record: ResourceRecord): Kept | undefined | 'ambiguous' {
    const { externalId, name, type } = record;
    const ofType = this.#resources.filter(one => one.type === type);
    const keyed = ofType.find(one => externalId !== undefined && one.externalId === externalId);
    if (keyed) return keyed;
    const sameName = ofType.filter(one => one.name.toLowerCase() === name.toLowerCase());
    const unkeyed = sameName.find(one => one.externalId === null);
    if (unkeyed || externalId !== undefined) return unkeyed;
    return sameName.length > 1 ? 'ambiguous' : sameName[0];
  }

  #add(type: string): Kept {
    const none = { externalId: null, entraDeviceId: null };
    const added: Kept = { type, name: '', ...none, properties: {}, inventory: {} };
    this.#resources.push(added);
    return added;
  }
}

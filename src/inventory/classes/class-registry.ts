import { fold } from '../../base/index.ts';
import type { PropertyType, Queries, ResourceType } from '../../store/index.ts';
import { RegisteredClass } from './registered-class.ts';
import { standard } from './standard-lookup.ts';

const spellingsKept = 10_000;

/** The stored classes and properties as plain data: what another thread needs to make the same registry. */
export interface RegistrySnapshot {
  version: number;
  classes: { id: number; name: string; resourceType: ResourceType; kind: 'resource' | 'inventory' }[];
  properties: { id: number; classId: number; name: string; type: PropertyType; isArray: boolean }[];
}

/** Names of the class that holds a resource's own properties. */
export const resourceClassNames = { device: 'SMS_R_System', user: 'SMS_R_User' } as const;

/**
 * The classes and properties of the inventory in memory: those stored, those of the standard, and those that the
 * batch at hand brings for the first time. `storeClasses` (store-classes.ts) puts the new ones into the store.
 */
export class ClassRegistry {
  /** Counts the changes of the stored classes: a registry with an older number must be loaded again. */
  version: number;
  readonly #classes = new Map<string, RegisteredClass>();
  // Names as files spell them: folding one for every row would cost too much.
  readonly #spellings = new Map<string, RegisteredClass>();

  private constructor(version: number) {
    this.version = version;
  }

  /** Reads all stored classes. */
  static async load(queries: Queries): Promise<ClassRegistry> {
    const version = await storedVersion(queries);
    const classes = await queries.selectFrom('inventory_class').selectAll().orderBy('id').execute();
    const properties = await queries.selectFrom('inventory_property').selectAll().orderBy('id').execute();
    return ClassRegistry.from({
      version,
      classes: classes.map(({ id, name, resource_type, kind }) => ({
        id,
        name,
        resourceType: resource_type,
        kind,
      })),
      properties: properties.map(({ id, class_id, name, type, is_array }) => ({
        id,
        classId: class_id,
        name,
        type: type as PropertyType,
        isArray: is_array === 1,
      })),
    });
  }

  /** The registry that a snapshot was taken of. */
  static from({ version, classes, properties }: RegistrySnapshot): ClassRegistry {
    const registry = new ClassRegistry(version);
    const byId = new Map<number, RegisteredClass>();
    for (const { id, name, resourceType, kind } of classes) {
      const key = fold(name);
      const known = new RegisteredClass(name, resourceType, kind, standard(key)?.properties);
      known.id = id;
      byId.set(id, known);
      registry.#classes.set(key, known);
    }
    for (const { id, classId, name, type, isArray } of properties) {
      byId.get(classId)?.restore(id, name, type, isArray);
    }
    return registry;
  }

  /** What is stored of this registry, as plain data. */
  snapshot(): RegistrySnapshot {
    const snapshot: RegistrySnapshot = { version: this.version, classes: [], properties: [] };
    for (const { id, name, resourceType, kind, properties } of this.#storedClasses()) {
      snapshot.classes.push({ id, name, resourceType, kind });
      for (const one of properties) {
        if (one.id === null) continue;
        const { name: property, type, isArray } = one;
        snapshot.properties.push({ id: one.id, classId: id, name: property, type, isArray });
      }
    }
    return snapshot;
  }

  *#storedClasses() {
    for (const known of this.#classes.values()) {
      const { id, name, resourceType, kind } = known;
      if (id !== null) yield { id, name, resourceType, kind, properties: known.properties() };
    }
  }

  /** A class that has a table, by name in any case. */
  storedClass(name: string): RegisteredClass | undefined {
    const known = this.#find(name);
    return known?.id === null ? undefined : known;
  }

  /** The classes that have a table, in the order in which they came. */
  stored(): RegisteredClass[] {
    return [...this.#classes.values()].filter(known => known.id !== null);
  }

  /** All classes of this registry, also those that wait for `storeClasses`. */
  all(): Iterable<RegisteredClass> {
    return this.#classes.values();
  }

  /** The class of a resource's own properties. */
  resourceClass(type: ResourceType): RegisteredClass {
    const name = resourceClassNames[type];
    return this.#find(name) ?? this.#add(name, type, 'resource');
  }

  /** An inventory class by name in any case; made where it is new. A sentence where it can not serve this type. */
  inventoryClass(name: string, type: ResourceType): RegisteredClass | string {
    const known = this.#find(name) ?? this.#standardClass(name) ?? this.#add(name, type, 'inventory');
    if (known.kind === 'resource') {
      return `"${known.name}" holds a resource's own properties: name them under "properties".`;
    }
    if (known.resourceType !== type)
      return `Inventory class "${known.name}" belongs to ${known.resourceType}s.`;
    return known;
  }

  #find(name: string): RegisteredClass | undefined {
    const met = this.#spellings.get(name);
    if (met) return met;
    const known = this.#classes.get(fold(name));
    if (known && this.#spellings.size < spellingsKept) this.#spellings.set(name, known);
    return known;
  }

  #standardClass(name: string): RegisteredClass | undefined {
    const found = standard(fold(name));
    return found && this.#add(name, found.resourceType, found.kind);
  }

  #add(name: string, type: ResourceType, kind: 'resource' | 'inventory'): RegisteredClass {
    const key = fold(name);
    const added = new RegisteredClass(name, type, kind, standard(key)?.properties);
    this.#classes.set(key, added);
    return added;
  }
}

/** The setting that counts changes of the stored classes. */
export const classesVersionKey = 'inventory.classes-version';

/** The present count of changes of the stored classes. */
export async function storedVersion(queries: Queries): Promise<number> {
  const row = await queries
    .selectFrom('setting')
    .select('value')
    .where('key', '=', classesVersionKey)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

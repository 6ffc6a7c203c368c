import { fold } from '../../base/index.ts';
import type { PropertyType, ResourceType } from '../../store/index.ts';
import type { Scalar } from '../record.ts';
import { inferType, widerType } from '../values.ts';
import { isEssential } from './essential-properties.ts';

/** A property as the class registry holds it. */
export interface RegisteredProperty {
  /** Null until `storeClasses` has stored it. */
  id: number | null;
  readonly name: string;
  readonly key: string;
  type: PropertyType;
  isArray: boolean;
  /** Described by the standard: its type stands, values are read as that type. */
  readonly fixed: boolean;
  /** False while no value has been seen: there is nothing to store and no type yet. */
  used: boolean;
  /** True when what is stored was made for a narrower type and must be made again from the documents. */
  widened: boolean;
  /** Where a row of the class table holds it, counted after resource_id and row_no; -1 for arrays. */
  position: number;
}

type Described = ReadonlyMap<string, { name: string; type: PropertyType; isArray: boolean }>;

/** The most properties that one class may get: databases bound the columns of a table. */
export const maxPropertiesPerClass = 1_000;

/** The marker of a class's rows: its id in `touched` says that rows came or went. Its value is resource_id. */
export const resourceIdKey = 'resourceid';

/** A class of the inventory with its properties, by name in any case. */
export class RegisteredClass {
  id: number | null = null;
  /** True once it has rows: a row without any property needs the table too. */
  wanted = false;
  readonly name: string;
  readonly resourceType: ResourceType;
  readonly kind: 'resource' | 'inventory';
  readonly #properties = new Map<string, RegisteredProperty>();
  // The spellings met so far: folding a name for every value would cost more than all the rest.
  readonly #spellings = new Map<string, RegisteredProperty>();
  readonly #described: Described;
  #columns: RegisteredProperty[] | undefined;

  constructor(
    name: string,
    resourceType: ResourceType,
    kind: 'resource' | 'inventory',
    described: Described = new Map(),
  ) {
    this.name = name;
    this.resourceType = resourceType;
    this.kind = kind;
    this.#described = described;
  }

  /** A property by name in any case; made where it is new. */
  property(name: string): RegisteredProperty {
    const known = this.#spellings.get(name);
    if (known) return known;
    const key = fold(name);
    const property = this.#properties.get(key) ?? this.#add(key, name);
    if (this.#spellings.size < 4 * maxPropertiesPerClass) this.#spellings.set(name, property);
    return property;
  }

  /** All properties, also described ones that were asked for but have no value yet. */
  properties(): Iterable<RegisteredProperty> {
    return this.#properties.values();
  }

  /** How many properties it holds at most once this batch is in. */
  get size(): number {
    return this.#properties.size;
  }

  /** Whether a name is known here or in the standard. */
  knows(name: string): boolean {
    if (this.#spellings.has(name)) return true;
    const key = fold(name);
    return this.#properties.has(key) || this.#described.has(key);
  }

  /** Takes a property as it is stored. */
  restore(id: number, name: string, type: PropertyType, isArray: boolean): void {
    const key = fold(name);
    const fixed = this.#described.has(key);
    this.#properties.set(key, {
      id,
      name,
      key,
      type,
      isArray,
      fixed,
      used: true,
      widened: false,
      position: -1,
    });
  }

  /** Takes note of a value that is about to be stored: its type is inferred, or widened where it does not fit. */
  learn(property: RegisteredProperty, value: Scalar | Scalar[]): void {
    if (property.fixed) {
      property.used = true;
      return;
    }
    if (Array.isArray(value)) {
      if (!property.isArray) {
        if (property.used) property.widened = true;
        property.isArray = true;
      }
      for (const one of value) this.#learnScalar(property, one);
    } else {
      this.#learnScalar(property, value);
    }
  }

  /** Whether a value of a stored property can be stored as things are: `learn` would change nothing. */
  fits(property: RegisteredProperty, value: Scalar | Scalar[]): boolean {
    if (property.id === null) return false;
    if (property.fixed) return true;
    const { type } = property;
    const scalarFits = (one: Scalar) => type === 'string' || widerType(type, inferType(one)) === type;
    if (!Array.isArray(value)) return scalarFits(value);
    return property.isArray && value.every(scalarFits);
  }

  #learnScalar(property: RegisteredProperty, value: Scalar): void {
    if (!property.used) {
      property.used = true;
      property.type = inferType(value);
      return;
    }
    // Text holds everything; most values end here.
    if (property.type === 'string') return;
    const wider = widerType(property.type, inferType(value));
    if (wider === property.type) return;
    property.type = wider;
    property.widened = true;
  }

  /** The scalar properties that have a column, in the order of a row; the order holds until `storeClasses` adds one. */
  columns(): readonly RegisteredProperty[] {
    if (this.#columns) return this.#columns;
    const columns = [...this.#properties.values()].filter(
      one => one.id !== null && !one.isArray && one.key !== resourceIdKey,
    );
    columns.forEach((one, position) => {
      one.position = position;
    });
    this.#columns = columns;
    return columns;
  }

  /** Says that properties were stored or have changed their form. */
  columnsChanged(): void {
    this.#columns = undefined;
  }

  #add(key: string, spelling: string): RegisteredProperty {
    const described = this.#described.get(key);
    const property: RegisteredProperty = {
      id: null,
      // A source finds its values under the names that it gave them; only what Rollcall fills has names of its own.
      name: this.kind === 'resource' && isEssential(key) && described ? described.name : spelling,
      key,
      type: described?.type ?? 'string',
      isArray: described?.isArray ?? false,
      fixed: described !== undefined,
      used: false,
      widened: false,
      position: -1,
    };
    this.#properties.set(key, property);
    return property;
  }
}

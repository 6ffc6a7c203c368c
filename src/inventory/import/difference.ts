import type { ClassRegistry } from '../classes/class-registry.ts';
import type { RegisteredClass } from '../classes/registered-class.ts';
import type { Scalar } from '../record.ts';
import { type Document, type Head, type Row, resourceRow } from '../resources/document.ts';

/** What has changed from one state of a resource to the next. */
export interface Difference {
  /** Ids of the properties whose values differ, ascending. */
  touched: number[];
  /** The classes whose rows must be written again. */
  classes: RegisteredClass[];
}

/**
 * Compares two states of a resource property by property. Where rows of a class come or go, all its properties are
 * touched, its marker ResourceID among them: a condition on any of them may now hold or fail.
 */
export function difference(
  before: { head: Head; document: Document },
  after: { head: Head; document: Document },
  registry: ClassRegistry,
): Difference {
  const touched = new Set<number>();
  const classes: RegisteredClass[] = [];
  const compare = (known: RegisteredClass, old: readonly Row[], now: readonly Row[]) => {
    const found = touchedProperties(known, old, now);
    if (found.size === 0) return;
    classes.push(known);
    for (const id of found) touched.add(id);
  };
  const own = registry.resourceClass(after.head.type);
  compare(
    own,
    [resourceRow(before.head, before.document.properties)],
    [resourceRow(after.head, after.document.properties)],
  );
  const [oldRows, newRows] = [before.document.inventory, after.document.inventory];
  for (const name of new Set([...Object.keys(oldRows), ...Object.keys(newRows)])) {
    // The merge shares what a record leaves alone.
    if (oldRows[name] === newRows[name]) continue;
    const known = registry.inventoryClass(name, after.head.type);
    if (typeof known !== 'string') compare(known, oldRows[name] ?? [], newRows[name] ?? []);
  }
  return { touched: [...touched].sort((a, b) => a - b), classes };
}

function touchedProperties(known: RegisteredClass, old: readonly Row[], now: readonly Row[]): Set<number> {
  const touched = new Set<number>();
  const touch = (name: string) => {
    const { id } = known.property(name);
    if (id !== null) touched.add(id);
  };
  if (old.length !== now.length) {
    for (const property of known.properties()) if (property.id !== null) touched.add(property.id);
  }
  const length = Math.max(old.length, now.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [old[index] ?? {}, now[index] ?? {}];
    for (const name in a) if (!sameValue(a[name], b[name])) touch(name);
    for (const name in b) if (!(name in a)) touch(name);
  }
  return touched;
}

function sameValue(a: Scalar | Scalar[] | undefined, b: Scalar | Scalar[] | undefined): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

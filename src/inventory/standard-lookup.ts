import { fold } from '../base/index.ts';
import type { ResourceType } from '../store/index.ts';
import { essentialClasses, type StandardClass } from './standard.ts';

let byKey: Map<string, StandardClass> | undefined;

/** The standard class of a folded name, if ConfigMgr has it. */
export function standard(key: string): StandardClass | undefined {
  return allStandard().get(key);
}

/** All standard classes by folded name; those that Rollcall fills itself have at least their essential properties. */
export function allStandard(): ReadonlyMap<string, StandardClass> {
  if (byKey) return byKey;
  byKey = new Map();
  for (const known of essentialClasses) byKey.set(fold(known.name), known);
  return byKey;
}

/** Whether the standard says that a property of devices or users is a list of values. */
export function isStandardArray(type: ResourceType, property: string): boolean {
  const known = standard(type === 'device' ? 'sms_r_system' : 'sms_r_user');
  return arrays(known).has(fold(property));
}

const arraysOf = new WeakMap<StandardClass, ReadonlySet<string>>();

function arrays(known: StandardClass | undefined): ReadonlySet<string> {
  if (!known) return new Set();
  const kept = arraysOf.get(known);
  if (kept) return kept;
  const found = Object.entries(known.properties).filter(([, { isArray }]) => isArray);
  const set = new Set(found.map(([name]) => fold(name)));
  arraysOf.set(known, set);
  return set;
}

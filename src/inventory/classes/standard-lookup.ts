import { fold } from '../../base/index.ts';
import type { ResourceType } from '../../store/index.ts';
import { essentialProperties } from './essential-properties.ts';
import { type StandardClass, type StandardProperty, standardClasses } from './standard/index.ts';

/** A standard class with its properties by folded name. */
export interface KnownStandard {
  name: string;
  resourceType: ResourceType;
  kind: 'resource' | 'inventory';
  properties: ReadonlyMap<string, StandardProperty>;
}

let byKey: Map<string, KnownStandard> | undefined;

/** The standard class of a folded name, if ConfigMgr has it. */
export function standard(key: string): KnownStandard | undefined {
  return allStandard().get(key);
}

/** All standard classes by folded name; those that Rollcall fills itself have at least their essential properties. */
export function allStandard(): ReadonlyMap<string, KnownStandard> {
  if (byKey) return byKey;
  byKey = new Map();
  for (const known of standardClasses) byKey.set(fold(known.name), withKeys(known));
  return byKey;
}

function withKeys({ name, resourceType, kind, properties }: StandardClass): KnownStandard {
  const keyed = new Map<string, StandardProperty>();
  for (const one of [...(essentialProperties[fold(name)] ?? []), ...properties]) {
    // Rows of inventory classes hold single values only.
    const isArray = one.isArray && kind === 'resource';
    if (!keyed.has(fold(one.name))) keyed.set(fold(one.name), { ...one, isArray });
  }
  return { name, resourceType, kind, properties: keyed };
}

/** Whether the standard says that a property of devices or users is a list of values. */
export function isStandardArray(type: ResourceType, property: string): boolean {
  const known = standard(type === 'device' ? 'sms_r_system' : 'sms_r_user');
  return known?.properties.get(fold(property))?.isArray ?? false;
}

import { fold } from '../base/index.ts';
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

import type { PropertyType, ResourceType } from '../../../store/index.ts';

/** A class that every ConfigMgr site knows. */
export interface StandardClass {
  name: string;
  resourceType: ResourceType;
  /** 'resource': one row a resource; 'inventory': any number of rows. */
  kind: 'resource' | 'inventory';
  properties: readonly StandardProperty[];
}

export interface StandardProperty {
  name: string;
  type: PropertyType;
  isArray: boolean;
}

/** Properties by type, names between blanks; a type with [] holds several values a resource. */
export type PropertyTexts = Partial<Record<PropertyType | `${PropertyType}[]`, string>>;

/** Classes by the part of their name after the common prefix. */
export type ClassTexts = Readonly<Record<string, PropertyTexts>>;

/** The properties that a text lists. */
export function readProperties(texts: PropertyTexts): StandardProperty[] {
  return Object.entries(texts).flatMap(([declared, names]) => {
    const isArray = declared.endsWith('[]');
    const type = (isArray ? declared.slice(0, -2) : declared) as PropertyType;
    return names
      .trim()
      .split(/\s+/)
      .map(name => ({ name, type, isArray }));
  });
}

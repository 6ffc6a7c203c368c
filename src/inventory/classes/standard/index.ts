import { clientClasses } from './client.ts';
import { computerClasses } from './computer.ts';
import { type ClassTexts, type PropertyTexts, readProperties, type StandardClass } from './definition.ts';
import { deviceClasses } from './devices.ts';
import { mobileClasses } from './mobile.ts';
import { networkClasses } from './network.ts';
import { officeClasses } from './office.ts';
import { operatingSystemClasses } from './operating-system.ts';
import { powerClasses } from './power.ts';
import { resourceClasses } from './resources.ts';
import { securityClasses } from './security.ts';
import { softwareClasses } from './software.ts';
import { specialDeviceClasses, specialUserClasses } from './special.ts';
import { storageClasses } from './storage.ts';

export type { StandardClass, StandardProperty } from './definition.ts';

/** What every row of hardware inventory carries besides the properties of its class. */
const ofEveryRow: PropertyTexts = { integer: 'ResourceID GroupID RevisionID', datetime: 'TimeStamp' };
const resourceId: PropertyTexts = { integer: 'ResourceID' };

const userResources = new Set(['User', 'UserGroup']);

function* build(): Generator<StandardClass> {
  for (const [name, texts] of Object.entries(resourceClasses)) {
    const resourceType = userResources.has(name) ? 'user' : 'device';
    yield {
      name: `SMS_R_${name}`,
      resourceType,
      kind: 'resource',
      properties: properties(resourceId, texts),
    };
  }
  const inventory: ClassTexts[] = [
    clientClasses,
    computerClasses,
    deviceClasses,
    mobileClasses,
    networkClasses,
    officeClasses,
    operatingSystemClasses,
    powerClasses,
    securityClasses,
    softwareClasses,
    storageClasses,
  ];
  for (const [name, texts] of inventory.flatMap(classes => Object.entries(classes))) {
    yield {
      name: `SMS_G_System_${name}`,
      resourceType: 'device',
      kind: 'inventory',
      properties: properties(ofEveryRow, texts),
    };
    // What the rows of an inventory class were before: the history class of the same name.
    yield {
      name: `SMS_GH_System_${name}`,
      resourceType: 'device',
      kind: 'inventory',
      properties: properties(ofEveryRow, texts),
    };
  }
  for (const [resourceType, classes] of [
    ['device', specialDeviceClasses],
    ['user', specialUserClasses],
  ] as const) {
    for (const [name, texts] of Object.entries(classes)) {
      yield { name, resourceType, kind: 'inventory', properties: properties(resourceId, texts) };
    }
  }
}

function properties(common: PropertyTexts, own: PropertyTexts) {
  return [...readProperties(common), ...readProperties(own)];
}

/**
 * The classes that every site knows: discovery data (SMS_R_…), the hardware and software inventory that ships with
 * ConfigMgr, client status and what else collection queries name. Spelt as the SMS Provider spells them.
 */
export const standardClasses: readonly StandardClass[] = [...build()];

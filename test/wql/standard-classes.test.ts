import { describe, expect, it } from 'vitest';
import { standardClasses } from '../../src/inventory/classes/standard/index.ts';
import { hasShared, propertyType, readClasses } from './support/shared.ts';

const byName = new Map(standardClasses.map(entry => [entry.name.toLowerCase(), entry]));

describe('the standard classes', () => {
  it('are each named once, and so are their properties', () => {
    expect(byName.size).toBe(standardClasses.length);
    for (const entry of standardClasses) {
      const names = entry.properties.map(property => property.name.toLowerCase());
      expect(new Set(names).size, entry.name).toBe(names.length);
      expect(
        names.every(name => /^\w+$/.test(name)),
        entry.name,
      ).toBe(true);
    }
  });

  it.each([
    ['SMS_R_System', 'IsVirtualMachine', 'boolean', false],
    ['SMS_R_System', 'SystemOUName', 'string', true],
    ['SMS_R_User', 'UserGroupName', 'string', true],
    ['SMS_G_System_COMPUTER_SYSTEM', 'Model', 'string', false],
    ['SMS_G_System_LOGICAL_DISK', 'FreeSpace', 'integer', false],
    ['SMS_G_System_WORKSTATION_STATUS', 'LastHardwareScan', 'datetime', false],
    ['SMS_GH_System_SYSTEM', 'Name', 'string', false],
    ['SMS_UserMachineRelationship', 'UniqueUserName', 'string', false],
  ])('know %s.%s', (className, propertyName, type, isArray) => {
    const found = byName
      .get(className.toLowerCase())
      ?.properties.find(property => property.name === propertyName);
    expect(found).toEqual({ name: propertyName, type, isArray });
  });

  it.skipIf(!hasShared)('agree with the provider on every class of resources and inventory', () => {
    const differences: string[] = [];
    for (const [className, properties] of Object.entries(readClasses())) {
      if (!/^SMS_[RG]_/i.test(className)) continue;
      const ours = byName.get(className.toLowerCase());
      if (!ours) differences.push(className);
      for (const [name, declared] of Object.entries(properties)) {
        const wanted = propertyType(declared);
        const found = ours?.properties.find(property => property.name.toLowerCase() === name.toLowerCase());
        if (found?.type !== wanted.type || found.isArray !== wanted.isArray) {
          differences.push(`${className}.${name}: ${declared}`);
        }
      }
    }
    expect(differences).toEqual([]);
  });
});

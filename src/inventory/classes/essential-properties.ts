import { fold } from '../../base/index.ts';
import type { StandardProperty } from './standard/index.ts';

const text = (name: string): StandardProperty => ({ name, type: 'string', isArray: false });
const integer = (name: string): StandardProperty => ({ name, type: 'integer', isArray: false });

/** The properties that Rollcall itself fills from a record's head, in the spelling in which it writes them. */
export const essentialProperties: Readonly<Record<string, readonly StandardProperty[]>> = {
  sms_r_system: [
    integer('ResourceID'),
    integer('ResourceType'),
    ...['Name', 'NetbiosName', 'AADDeviceID'].map(text),
  ],
  sms_r_user: [
    integer('ResourceID'),
    integer('ResourceType'),
    ...['Name', 'UniqueUserName', 'UserPrincipalName', 'AADUserID'].map(text),
  ],
};

const keys = new Set(Object.values(essentialProperties).flatMap(list => list.map(one => fold(one.name))));

/** Whether a folded name is one that Rollcall fills itself, for devices or users. */
export function isEssential(key: string): boolean {
  return keys.has(key);
}

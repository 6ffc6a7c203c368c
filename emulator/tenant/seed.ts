import { randomUUID } from 'node:crypto';
import type { Device, Group, User } from '@microsoft/microsoft-graph-types';
import type { DirectoryObject } from './types.ts';

/** What kind of group, as a person would say it. */
export type SeedGroupKind = 'security' | 'microsoft365' | 'mailEnabledSecurity' | 'distribution';

/** A group to seed: Graph's own properties, or the short words that set them. */
export interface SeedGroup extends Omit<Group, 'members' | 'owners'> {
  /** Sets groupTypes, mailEnabled and securityEnabled; by default security. */
  kind?: SeedGroupKind;
  /** Members follow from a rule. */
  dynamic?: boolean;
  /** Mastered in an Active Directory on-premises. */
  onPremises?: boolean;
  /** Can be given roles. */
  roleAssignable?: boolean;
  /** Object ids of owners. */
  owners?: readonly string[];
  /** Object ids of members. */
  members?: readonly string[];
}

/** A user as Entra would have it, from what is given. `now` as Graph writes instants. */
export function seedUser(given: User, domain: string, now: string): DirectoryObject<'user'> {
  const { id, ...rest } = given;
  const displayName = rest.displayName ?? rest.userPrincipalName ?? 'A user';
  const alias = mailNickname(rest.userPrincipalName?.split('@')[0] ?? displayName);
  return {
    kind: 'user',
    id: (id ?? randomUUID()).toLowerCase(),
    properties: {
      accountEnabled: true,
      createdDateTime: now,
      displayName,
      mailNickname: alias,
      userPrincipalName: `${alias}@${domain}`,
      userType: 'Member',
      ...rest,
    },
  };
}

/** A device as Entra would have it, from what is given: joined to Entra unless told otherwise. */
export function seedDevice(given: Device, now: string): DirectoryObject<'device'> {
  const { id, ...rest } = given;
  return {
    kind: 'device',
    id: (id ?? randomUUID()).toLowerCase(),
    properties: {
      accountEnabled: true,
      approximateLastSignInDateTime: now,
      deviceId: randomUUID(),
      deviceVersion: 2,
      displayName: 'A device',
      isCompliant: null,
      isManaged: null,
      operatingSystem: 'Windows',
      operatingSystemVersion: '10.0.26100.1',
      profileType: 'RegisteredDevice',
      registrationDateTime: now,
      trustType: 'AzureAd',
      ...rest,
    },
  };
}

/** A group as Entra would have it, from what is given. */
export function seedGroup(given: SeedGroup, domain: string, now: string): DirectoryObject<'group'> {
  const {
    id,
    kind = 'security',
    dynamic,
    onPremises,
    roleAssignable,
    owners: _owners,
    members: _members,
    ...rest
  } = given;
  const mailEnabled = kind !== 'security';
  const groupTypes = [
    ...(kind === 'microsoft365' ? ['Unified'] : []),
    ...(dynamic ? ['DynamicMembership'] : []),
  ];
  const displayName = rest.displayName ?? 'A group';
  const alias = rest.mailNickname ?? (mailNickname(displayName) || randomUUID().slice(0, 8));
  const objectId = (id ?? randomUUID()).toLowerCase();
  return {
    kind: 'group',
    id: objectId,
    properties: {
      createdDateTime: now,
      displayName,
      groupTypes,
      mailEnabled,
      mailNickname: alias,
      renewedDateTime: now,
      securityEnabled: kind === 'security' || kind === 'mailEnabledSecurity',
      securityIdentifier: securityIdentifier(objectId),
      ...(mailEnabled ? { mail: `${alias}@${domain}`, proxyAddresses: [`SMTP:${alias}@${domain}`] } : {}),
      ...(kind === 'microsoft365' ? { visibility: 'Private' } : {}),
      ...(dynamic
        ? { membershipRule: '(device.displayName -ne null)', membershipRuleProcessingState: 'On' }
        : {}),
      ...(onPremises ? { onPremisesSyncEnabled: true, onPremisesLastSyncDateTime: now } : {}),
      ...(roleAssignable ? { isAssignableToRole: true } : {}),
      ...rest,
    },
  };
}

/** The security identifier that Entra derives from an object id: S-1-12-1- and its bytes as four numbers. */
export function securityIdentifier(id: string): string {
  const hex = id.replaceAll('-', '');
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length !== 16) return `S-1-12-1-${hex}`;
  // The first three fields of a GUID are little-endian in memory, the rest are as written.
  const memory = Buffer.from([
    ...bytes.subarray(0, 4).reverse(),
    ...bytes.subarray(4, 6).reverse(),
    ...bytes.subarray(6, 8).reverse(),
    ...bytes.subarray(8),
  ]);
  return `S-1-12-1-${[0, 4, 8, 12].map(at => memory.readUInt32LE(at)).join('-')}`;
}

/** A text with everything left out that a mail nickname may not hold. */
export function mailNickname(text: string): string {
  return text.replaceAll(/[^!-~]|[@()[\]\\";:<>,.]/g, '').slice(0, 64);
}

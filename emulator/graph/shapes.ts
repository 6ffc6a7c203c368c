import type { Application, Device, Group, ServicePrincipal, User } from '@microsoft/microsoft-graph-types';
import { securityIdentifier } from '../tenant/seed.ts';
import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { unreadable } from './errors.ts';

// Which properties an answer holds without $select ("Returned by default" of the resource pages) and which more it can.

const user = {
  usual: [
    'businessPhones',
    'displayName',
    'givenName',
    'jobTitle',
    'mail',
    'mobilePhone',
    'officeLocation',
    'preferredLanguage',
    'surname',
    'userPrincipalName',
  ],
  more: [
    'accountEnabled',
    'city',
    'companyName',
    'country',
    'createdDateTime',
    'creationType',
    'deletedDateTime',
    'department',
    'employeeId',
    'employeeType',
    'externalUserState',
    'identities',
    'mailNickname',
    'onPremisesDistinguishedName',
    'onPremisesDomainName',
    'onPremisesImmutableId',
    'onPremisesLastSyncDateTime',
    'onPremisesSamAccountName',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'onPremisesUserPrincipalName',
    'otherMails',
    'postalCode',
    'proxyAddresses',
    'securityIdentifier',
    'state',
    'streetAddress',
    'usageLocation',
    'userType',
  ],
  lists: ['businessPhones', 'otherMails', 'proxyAddresses'],
} as const satisfies Shape<User>;

const device = {
  usual: [
    'deletedDateTime',
    'accountEnabled',
    'alternativeSecurityIds',
    'approximateLastSignInDateTime',
    'complianceExpirationDateTime',
    'deviceCategory',
    'deviceId',
    'deviceMetadata',
    'deviceOwnership',
    'deviceVersion',
    'displayName',
    'enrollmentProfileName',
    'enrollmentType',
    'isCompliant',
    'isManaged',
    'isRooted',
    'managementType',
    'manufacturer',
    'mdmAppId',
    'model',
    'onPremisesLastSyncDateTime',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'operatingSystem',
    'operatingSystemVersion',
    'physicalIds',
    'profileType',
    'registrationDateTime',
    'systemLabels',
    'trustType',
  ],
  more: [],
  lists: ['alternativeSecurityIds', 'physicalIds', 'systemLabels'],
} as const satisfies Shape<Device>;

const group = {
  usual: [
    'deletedDateTime',
    'classification',
    'createdDateTime',
    'description',
    'displayName',
    'expirationDateTime',
    'groupTypes',
    'isAssignableToRole',
    'mail',
    'mailEnabled',
    'mailNickname',
    'membershipRule',
    'membershipRuleProcessingState',
    'onPremisesDomainName',
    'onPremisesLastSyncDateTime',
    'onPremisesNetBiosName',
    'onPremisesProvisioningErrors',
    'onPremisesSamAccountName',
    'onPremisesSecurityIdentifier',
    'onPremisesSyncEnabled',
    'preferredDataLocation',
    'preferredLanguage',
    'proxyAddresses',
    'renewedDateTime',
    'securityEnabled',
    'securityIdentifier',
    'theme',
    'uniqueName',
    'visibility',
  ],
  more: ['assignedLabels', 'assignedLicenses', 'hasMembersWithLicenseErrors', 'licenseProcessingState'],
  lists: [
    'groupTypes',
    'onPremisesProvisioningErrors',
    'proxyAddresses',
    'assignedLabels',
    'assignedLicenses',
  ],
} as const satisfies Shape<Group>;

const servicePrincipal = {
  usual: [
    'deletedDateTime',
    'accountEnabled',
    'alternativeNames',
    'appDescription',
    'appDisplayName',
    'appId',
    'appOwnerOrganizationId',
    'appRoleAssignmentRequired',
    'description',
    'displayName',
    'keyCredentials',
    'notes',
    'passwordCredentials',
    'servicePrincipalNames',
    'servicePrincipalType',
    'signInAudience',
    'tags',
  ],
  more: [],
  lists: ['alternativeNames', 'keyCredentials', 'passwordCredentials', 'servicePrincipalNames', 'tags'],
} as const satisfies Shape<ServicePrincipal>;

const application = {
  usual: [
    'deletedDateTime',
    'appId',
    'createdDateTime',
    'description',
    'displayName',
    'identifierUris',
    'keyCredentials',
    'notes',
    'passwordCredentials',
    'signInAudience',
    'tags',
  ],
  more: [],
  lists: ['identifierUris', 'keyCredentials', 'passwordCredentials', 'tags'],
} as const satisfies Shape<Application>;

interface Shape<T> {
  readonly usual: readonly (keyof T)[];
  readonly more: readonly (keyof T)[];
  readonly lists: readonly (keyof T)[];
}

interface PlainShape {
  readonly usual: readonly string[];
  readonly more: readonly string[];
  readonly lists: readonly string[];
}

const orgContact: PlainShape = { usual: ['displayName', 'mail', 'mailNickname'], more: [], lists: [] };

const shapes: Record<ObjectKind, PlainShape> = {
  user,
  device,
  group,
  servicePrincipal,
  application,
  orgContact,
};

/** A selection of properties: by name, or the usual ones of each kind. */
export type Selection = readonly string[] | null;

/**
 * Reads `$select`. Where the kind is known, a property that it has not is refused as Graph does; navigation
 * properties are let through for those who understand them.
 */
export function readSelection(
  text: string | undefined,
  kind: ObjectKind | null,
  navigation: readonly string[] = [],
): Selection {
  if (text === undefined) return null;
  const names = text
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  if (names.includes('*') || names.length === 0) return null;
  if (kind) {
    const known = new Set(['id', ...shapes[kind].usual, ...shapes[kind].more, ...navigation]);
    const unknown = names.find(name => !known.has(name));
    if (unknown) {
      throw unreadable(
        `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${kind}'.`,
      );
    }
  }
  return names;
}

/** The value of one property as Graph gives it: lists are never null, and some values follow from the id. */
export function propertyOf(object: DirectoryObject, name: string): unknown {
  if (name === 'id') return object.id;
  if (name === 'deletedDateTime') return object.deletedDateTime ?? null;
  const value: unknown = (object.properties as Readonly<Record<string, unknown>>)[name];
  if (value !== undefined) return value;
  if (name === 'securityIdentifier' && object.kind === 'user') return securityIdentifier(object.id);
  return shapes[object.kind].lists.includes(name) ? [] : null;
}

/**
 * An object as an answer holds it.
 * @param typed with `@odata.type`, where objects of several kinds are listed together
 */
export function present(
  object: DirectoryObject,
  selection: Selection,
  typed = false,
): Record<string, unknown> {
  const answer: Record<string, unknown> = typed ? { '@odata.type': `#microsoft.graph.${object.kind}` } : {};
  const { usual, more } = shapes[object.kind];
  for (const name of selection ?? ['id', ...usual]) {
    if (!selection || name === 'id' || usual.includes(name) || more.includes(name)) {
      answer[name] = propertyOf(object, name);
    }
  }
  return answer;
}

/** What is shown of an object that the app may not read: its kind and id. [concepts/permissions-overview.md] */
export function presentHidden(object: DirectoryObject, selection: Selection): Record<string, unknown> {
  const names = selection ?? ['id', ...shapes[object.kind].usual];
  const nothing = Object.fromEntries(names.map(name => [name, name === 'id' ? object.id : null]));
  return { '@odata.type': `#microsoft.graph.${object.kind}`, ...nothing };
}

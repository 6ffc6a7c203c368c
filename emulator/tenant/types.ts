import type {
  Application,
  Device,
  Group,
  OrgContact,
  ServicePrincipal,
  User,
} from '@microsoft/microsoft-graph-types';

/** The kinds of directory object that the emulator holds. */
export type ObjectKind = 'user' | 'device' | 'group' | 'servicePrincipal' | 'application' | 'orgContact';

/** The properties of each kind, as Microsoft's own types have them. */
export interface PropertiesOf {
  user: User;
  device: Device;
  group: Group;
  servicePrincipal: ServicePrincipal;
  application: Application;
  orgContact: OrgContact;
}

/** An object of the directory; `properties` holds what was given, everything else reads as null or empty. */
export type DirectoryObject<K extends ObjectKind = ObjectKind> = {
  [Kind in K]: {
    readonly kind: Kind;
    /** The object id, in lower case. */
    readonly id: string;
    readonly properties: PropertiesOf[Kind];
    /** When it went to the deleted items, where it can be restored. */
    deletedDateTime?: string;
  };
}[K];

/** Kinds whose changes delta queries tell. */
export type TrackedKind = 'user' | 'device' | 'group';

/** Kinds that go to the deleted items first; the others are gone at once. [resources/directory.md] */
export const restorable: ReadonlySet<ObjectKind> = new Set([
  'user',
  'group',
  'application',
  'servicePrincipal',
]);

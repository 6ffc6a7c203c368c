import { createHash, type KeyObject, randomBytes, randomUUID, X509Certificate } from 'node:crypto';

/** A client secret of an app registration. */
export interface AppSecret {
  readonly keyId: string;
  readonly value: string;
  /** When it ends, in ISO 8601. */
  readonly endDateTime: string;
}

/** A certificate registered on an app. */
export interface AppCertificate {
  readonly keyId: string;
  readonly pem: string;
}

/** A federated identity credential: whose tokens are taken instead of a secret. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** The issuer's public key as PEM: the emulator asks no issuer for its keys. */
  readonly publicKey: string;
}

/** An app registration with its service principal, as the token endpoint needs it. */
export interface App {
  readonly appId: string;
  readonly displayName: string;
  /** Object id of the application. */
  readonly objectId: string;
  /** Object id of its service principal: the identity that owns groups. */
  readonly servicePrincipalId: string;
  secrets: AppSecret[];
  certificates: AppCertificate[];
  federatedCredentials: FederatedCredential[];
  /** Application permissions that an administrator has granted: the `roles` of its tokens. */
  permissions: string[];
  /** Delegated permissions granted for device-code sign-in: the `scp` of its tokens. */
  delegatedPermissions: string[];
  /** An AADSTS code that every sign-in is answered with; null: none. */
  signInError: number | null;
}

/** What `addApp` takes; whatever is not given gets a believable value. */
export interface AppInput {
  appId?: string;
  displayName?: string;
  objectId?: string;
  servicePrincipalId?: string;
  /** Client secrets: the value alone (two years), or with its end (ISO 8601). */
  secrets?: readonly (string | { value: string; endDateTime: string })[];
  /** Certificates as PEM. */
  certificates?: readonly string[];
  federatedCredentials?: readonly FederatedCredential[];
  permissions?: readonly string[];
  delegatedPermissions?: readonly string[];
}

/** The permissions of an app that does everything Rollcall can (docs/operation.md, "In Entra"). */
export const usualPermissions: readonly string[] = [
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.Create',
  'Device.ReadWrite.All',
  'User.Read.All',
  'Organization.Read.All',
  'Application.Read.All',
];

/** Makes an app from what is given; `now` in milliseconds since 1970 UTC. */
export function makeApp(input: AppInput, now: number): App {
  const twoYears = new Date(now + 730 * 86_400_000).toISOString();
  return {
    appId: (input.appId ?? randomUUID()).toLowerCase(),
    displayName: input.displayName ?? 'Rollcall',
    objectId: (input.objectId ?? randomUUID()).toLowerCase(),
    servicePrincipalId: (input.servicePrincipalId ?? randomUUID()).toLowerCase(),
    secrets: (input.secrets ?? [makeSecretValue()]).map(secret => ({
      keyId: randomUUID(),
      ...(typeof secret === 'string' ? { value: secret, endDateTime: twoYears } : secret),
    })),
    certificates: (input.certificates ?? []).map(pem => ({ keyId: randomUUID(), pem })),
    federatedCredentials: [...(input.federatedCredentials ?? [])],
    permissions: [...(input.permissions ?? usualPermissions)],
    delegatedPermissions: [...(input.delegatedPermissions ?? [])],
    signInError: null,
  };
}

/** A new secret in the form of Entra's. */
export function makeSecretValue(): string {
  return `${randomBytes(3).toString('hex')}~${randomBytes(24).toString('base64url')}`;
}

/** The thumbprints by which an assertion names its certificate, in base64url, and the key that it is checked with. */
export function certificateFacts(pem: string): {
  x5t: string;
  x5tS256: string;
  publicKey: KeyObject;
  validFrom: Date;
  validTo: Date;
} {
  const certificate = new X509Certificate(pem);
  const print = (hash: string) => createHash(hash).update(certificate.raw).digest('base64url');
  return {
    x5t: print('sha1'),
    x5tS256: print('sha256'),
    publicKey: certificate.publicKey,
    validFrom: certificate.validFromDate,
    validTo: certificate.validToDate,
  };
}

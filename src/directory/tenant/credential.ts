import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import type { Secrets } from './secrets.ts';

/** A certificate with its private key, as stored: the key unencrypted, for the whole is sealed. */
const storedCertificate = z.object({ kind: z.literal('certificate'), pem: z.string().min(1) });

/** How an app proves who it is, as Rollcall keeps it (sealed where `secret` says so). */
const storedCredential = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('client-secret'), secret: z.string().min(1) }),
  storedCertificate,
  z.object({ kind: z.literal('managed-identity'), systemAssigned: z.boolean().default(false) }),
  z.object({ kind: z.literal('federated-token-file'), file: z.string().min(1) }),
]);

export type Credential = z.infer<typeof storedCredential>;
export type CredentialKind = Credential['kind'];

/**
 * A credential as it is given. A certificate comes as PEM text (certificate and key, the key may be encrypted) or as
 * a PFX in base64, each with its passphrase where it has one.
 */
export const credentialInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('client-secret'),
    secret: z.string().trim().min(1, 'the client secret is empty'),
  }),
  z
    .strictObject({
      kind: z.literal('certificate'),
      pem: z.string().optional(),
      pfx: z.base64().optional(),
      passphrase: z.string().optional(),
    })
    .refine(c => (c.pem === undefined) !== (c.pfx === undefined), 'give the certificate as pem or as pfx'),
  z.strictObject({ kind: z.literal('managed-identity'), systemAssigned: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('federated-token-file'), file: z.string().min(1) }),
]);

export type CredentialInput = z.infer<typeof credentialInput>;

/**
 * A credential as it lies in the store. It shows itself nowhere: not in JSON, not in a log, not on a console;
 * only `open` with the key gives it back.
 */
export class SealedCredential {
  readonly #stored: string;

  constructor(stored: string) {
    this.#stored = stored;
  }

  /** Seals a credential for the store. */
  static seal(credential: Credential, secrets: Secrets): SealedCredential {
    return new SealedCredential(secrets.seal(JSON.stringify(credential)));
  }

  /** @throws Problem `secret-unreadable` when it was sealed with another key */
  open(secrets: Secrets): Credential {
    const parsed = storedCredential.safeParse(JSON.parse(secrets.open(this.#stored)));
    if (parsed.success) return parsed.data;
    throw new Problem(
      'storage',
      'secret-unreadable',
      'A stored credential is not complete.',
      'Give the credential anew with "tenant set".',
    );
  }

  /** The text for the store's column. */
  forStore(): string {
    return this.#stored;
  }

  /** Leaves the credential out of JSON altogether. */
  toJSON(): undefined {
    return undefined;
  }
}

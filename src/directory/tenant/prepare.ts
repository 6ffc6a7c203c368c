import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { Problem } from '../../base/index.ts';
import type { Credential, CredentialInput } from './credential.ts';
import { readPfx } from './pfx.ts';

/**
 * Makes of a credential as given the one that is stored: a certificate is opened with its passphrase and checked to
 * be a pair, so that what is stored will sign.
 * @throws Problem `invalid-certificate` or `invalid-credential`
 */
export function prepareCredential(input: CredentialInput): Credential {
  switch (input.kind) {
    case 'client-secret':
      return input;
    case 'managed-identity':
      return { kind: input.kind, systemAssigned: input.systemAssigned ?? false };
    case 'federated-token-file':
      if (isAbsolute(input.file)) return input;
      throw new Problem(
        'invalid',
        'invalid-credential',
        `The token file "${input.file}" is not given by an absolute path.`,
        'The server reads the file at every sign-in, from wherever it was started: give the whole path.',
      );
    case 'certificate': {
      const { key, certificates } =
        input.pfx === undefined
          ? readPem(input.pem ?? '', input.passphrase)
          : readPfx(Buffer.from(input.pfx, 'base64'), input.passphrase ?? '');
      return { kind: 'certificate', pem: asPem(key, certificates) };
    }
  }
}

/** When the certificate of a stored credential ends. */
export function certificateExpiry(pem: string): Date {
  return new X509Certificate(pem).validToDate;
}

/** Key first, then the certificate that belongs to it, then the rest of the chain: as @azure/identity reads it. */
function asPem(key: KeyObject, certificates: X509Certificate[]): string {
  const own = certificates.find(certificate => certificate.checkPrivateKey(key));
  if (!own) throw invalidCertificate('The private key does not belong to the certificate.');
  if (key.asymmetricKeyType !== 'rsa') {
    throw invalidCertificate(
      `Entra signs in with RSA certificates only; this key is ${key.asymmetricKeyType}.`,
    );
  }
  const chain = certificates.filter(certificate => certificate !== own);
  const parts = [
    key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    ...[own, ...chain].map(c => c.toString()),
  ];
  return parts.map(part => `${part.trim()}\n`).join('');
}

function readPem(text: string, passphrase: string | undefined) {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const key = text.match(/-----BEGIN ((?:RSA |ENCRYPTED )?PRIVATE KEY)-----[\s\S]+?-----END \1-----/)?.[0];
  if (certificates.length === 0) throw invalidCertificate('The file holds no PEM certificate.');
  if (key === undefined) throw invalidCertificate('The file holds no private key beside the certificate.');
  try {
    return {
      key: createPrivateKey({ key, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) }),
      certificates: certificates.map(c => new X509Certificate(c)),
    };
  } catch (cause) {
    throw invalidCertificate('The certificate or its private key can not be read.', cause);
  }
}

function invalidCertificate(message: string, cause?: unknown): Problem {
  return new Problem(
    'invalid',
    'invalid-certificate',
    message,
    'Give a PEM file with certificate and private key, or a PFX file, and its passphrase where it has one.',
    cause === undefined ? undefined : { cause },
  );
}

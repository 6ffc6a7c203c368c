import { resolve } from 'node:path';
import { Option } from 'commander';
import type { Credential } from '../../../api/index.ts';
import { usage } from '../../failure.ts';
import { readBytes, readText } from '../../files.ts';
import { secretOf } from '../../secret-option.ts';
import type { Terminal } from '../../terminal.ts';

/** How an app registration's credential can be given. Exactly one of them. */
export interface CredentialOptions {
  clientSecretEnv?: string;
  clientSecretFile?: string;
  certificate?: string;
  passphraseEnv?: string;
  managedIdentity?: boolean;
  federatedTokenFile?: string;
}

const kinds = [
  'clientSecretEnv',
  'clientSecretFile',
  'certificate',
  'managedIdentity',
  'federatedTokenFile',
] as const;

/** The options of `CredentialOptions`, each in conflict with the others. */
export function credentialOptions(): Option[] {
  const others = (kind: (typeof kinds)[number]) => kinds.filter(each => each !== kind);
  return [
    new Option(
      '--client-secret-env <variable>',
      'environment variable that holds the client secret',
    ).conflicts(others('clientSecretEnv')),
    new Option('--client-secret-file <file>', 'file that holds the client secret').conflicts(
      others('clientSecretFile'),
    ),
    new Option('--certificate <file>', 'certificate and private key, as PEM or PFX').conflicts(
      others('certificate'),
    ),
    new Option(
      '--passphrase-env <variable>',
      'environment variable that holds the passphrase of the certificate',
    ),
    new Option('--managed-identity', "the managed identity of the server's machine").conflicts(
      others('managedIdentity'),
    ),
    new Option(
      '--federated-token-file <file>',
      "file on the server's machine that holds a federated token",
    ).conflicts(others('federatedTokenFile')),
  ];
}

/** The credential that the options name; secrets are read here and travel to the server in the request's body. */
export async function credentialFrom(
  options: CredentialOptions,
  env: Terminal['env'],
  need: 'required',
): Promise<Credential>;
export async function credentialFrom(
  options: CredentialOptions,
  env: Terminal['env'],
  need: 'optional',
): Promise<Credential | undefined>;
export async function credentialFrom(
  options: CredentialOptions,
  env: Terminal['env'],
  need: 'required' | 'optional',
): Promise<Credential | undefined> {
  if (options.passphraseEnv !== undefined && options.certificate === undefined) {
    throw usage(
      '--passphrase-env goes with --certificate only.',
      'Give the certificate too, or leave it out.',
    );
  }
  if (options.clientSecretEnv !== undefined) {
    return { kind: 'client-secret', secret: secretOf(options.clientSecretEnv, 'client secret', env) };
  }
  if (options.clientSecretFile !== undefined) {
    const secret = (await readText(options.clientSecretFile, '--client-secret-file')).trim();
    return { kind: 'client-secret', secret };
  }
  if (options.certificate !== undefined) {
    return await certificateFrom(options.certificate, options.passphraseEnv, env);
  }
  if (options.managedIdentity) return { kind: 'managed-identity' };
  if (options.federatedTokenFile !== undefined) {
    return { kind: 'federated-token-file', path: resolve(options.federatedTokenFile) };
  }
  if (need === 'optional') return undefined;
  throw usage(
    'No credential is given.',
    'Give one of --client-secret-env, --client-secret-file, --certificate, --managed-identity, --federated-token-file.',
  );
}

/** A PFX is binary, and begins as DER does; anything else is PEM. */
async function certificateFrom(
  file: string,
  passphraseEnv: string | undefined,
  env: Terminal['env'],
): Promise<Credential> {
  const bytes = await readBytes(file, '--certificate');
  const passphrase =
    passphraseEnv === undefined ? {} : { passphrase: secretOf(passphraseEnv, 'passphrase', env) };
  return bytes[0] === 0x30
    ? { kind: 'certificate', pfx: bytes.toString('base64'), ...passphrase }
    : { kind: 'certificate', pem: bytes.toString('utf8'), ...passphrase };
}

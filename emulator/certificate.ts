import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { der, sequence, text, time } from './der.ts';

/** A certificate and its private key as PEM. */
export interface KeyAndCertificate {
  certPem: string;
  keyPem: string;
}

/** A certificate authority made on the spot and a server certificate that it has signed, all as PEM. */
export interface Certificates extends KeyAndCertificate {
  caPem: string;
}

interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

interface Signer {
  name: string;
  keys: KeyPair;
}

// Object identifiers, already encoded. [RFC 5280, RFC 5758, RFC 4055]
const oid = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  rsaWithSha256: '2a864886f70d01010b',
  subjectKeyIdentifier: '551d0e',
  keyUsage: '551d0f',
  subjectAltName: '551d11',
  basicConstraints: '551d13',
  authorityKeyIdentifier: '551d23',
  extKeyUsage: '551d25',
  serverAuth: '2b06010505070301',
};

/**
 * Makes an authority and a server certificate for names and addresses of this machine.
 * @param names host names or IP addresses that the certificate is good for
 * @param days how long it is good
 */
export function makeCertificates(names: readonly string[], days = 365): Certificates {
  const authority: Signer = { name: 'Rollcall emulator authority', keys: makeEcKeys() };
  const keys = makeEcKeys();
  const caPem = issue(authority.name, authority.keys.publicKey, authority, days, [
    extension(oid.basicConstraints, sequence(der(0x01, Buffer.from([0xff]))), true),
    // keyCertSign and cRLSign
    extension(oid.keyUsage, der(0x03, Buffer.from([0x01, 0x06])), true),
  ]);
  const certPem = issue('Rollcall emulator', keys.publicKey, authority, days, [
    extension(oid.basicConstraints, sequence(), true),
    // digitalSignature
    extension(oid.keyUsage, der(0x03, Buffer.from([0x07, 0x80])), true),
    extension(oid.extKeyUsage, sequence(object(oid.serverAuth))),
    extension(oid.subjectAltName, sequence(...names.map(alternativeName))),
  ]);
  return { caPem, certPem, keyPem: privatePem(keys) };
}

/** Makes a self-signed RSA certificate such as an app signs in with. */
export function makeClientCertificate(name = 'Rollcall', days = 365): KeyAndCertificate {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { certPem: issue(name, keys.publicKey, { name, keys }, days, []), keyPem: privatePem(keys) };
}

function makeEcKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function privatePem(keys: KeyPair): string {
  return keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function issue(
  name: string,
  key: KeyObject,
  issuer: Signer,
  days: number,
  extensions: readonly Buffer[],
): string {
  const algorithm =
    issuer.keys.privateKey.asymmetricKeyType === 'rsa'
      ? sequence(object(oid.rsaWithSha256), der(0x05, Buffer.alloc(0)))
      : sequence(object(oid.ecdsaWithSha256));
  const now = Date.now();
  const identifiers = [
    extension(oid.subjectKeyIdentifier, der(0x04, keyIdentifier(key))),
    extension(oid.authorityKeyIdentifier, sequence(der(0x80, keyIdentifier(issuer.keys.publicKey)))),
  ];
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    commonName(issuer.name),
    sequence(time(new Date(now - 86_400_000)), time(new Date(now + days * 86_400_000))),
    commonName(name),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions, ...identifiers)),
  );
  const signature = sign('sha256', toBeSigned, issuer.keys.privateKey);
  const certificate = sequence(
    toBeSigned,
    algorithm,
    der(0x03, Buffer.concat([Buffer.from([0]), signature])),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(object(oid.commonName), text(name))));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  const flag = critical ? [der(0x01, Buffer.from([0xff]))] : [];
  return sequence(object(id), ...flag, der(0x04, value));
}

function object(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function alternativeName(name: string): Buffer {
  if (isIPv4(name)) return der(0x87, Buffer.from(name.split('.').map(Number)));
  if (isIPv6(name)) return der(0x87, ipv6Bytes(name));
  return der(0x82, Buffer.from(name, 'ascii'));
}

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = address.split('::');
  const words = (part: string) =>
    part
      .split(':')
      .filter(Boolean)
      .map(word => Number.parseInt(word, 16));
  const [first, last] = [words(head), words(tail ?? '')];
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap(word => [word >> 8, word & 0xff]));
}

import { mappingStanding } from '../contract/index.ts';

// What an entry of the audit log tells of a change: pure.

/** What moves by itself, without anybody changing it. */
const moving: ReadonlySet<string> = new Set([
  'evaluationPending',
  'lastEvaluationTime',
  'lastFullEvaluationTime',
  'lastMembershipChangeTime',
  'evaluationMs',
  'lastJoined',
  'lastLeft',
  'error',
  'dependents',
  'lastUsedAt',
  'lastSignInAt',
  'updatedAt',
  'version',
  'warnings',
  'credentialExpiresAt',
  'credentialExpirySource',
  ...Object.keys(mappingStanding.shape),
  'problem',
  'heldPlan',
]);

const secret = /secret|password|passphrase|credential|^token$|^userCode$|^pem$|^pfx$|^ca$|^current$/i;
const hidden = '[hidden]';

type Fields = Readonly<Record<string, unknown>>;

/** The parts of something that only people change. */
export function settled(value: unknown): Fields | undefined {
  if (!isFields(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !moving.has(name)));
}

/** A thing whole, as people have made it, without secrets; null where there is none. */
export function whole(value: unknown): unknown {
  return value === undefined ? null : withoutSecrets(settled(value) ?? value);
}

/** A value with every secret in it struck out, however deep. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      // The sentence that asks a user to sign in bears the code. Whether there is a secret, and of which kind, is none.
      (typeof inner !== 'boolean' && name !== 'credentialKind' && secret.test(name)) ||
      (name === 'message' && 'userCode' in value)
        ? hidden
        : withoutSecrets(inner),
    ]),
  );
}

/**
 * What differs between two states of a thing, field by field. Of lists, the elements that only one of them has.
 * Undefined stands for a thing that is not there: then the other is told whole.
 */
export function difference(before: unknown, after: unknown): { before: unknown; after: unknown } {
  const [old, now] = [settled(before), settled(after)];
  if (!old || !now) return { before: withoutSecrets(old), after: withoutSecrets(now) };
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const [left, right] = [old[name], now[name]];
    if (same(left, right)) continue;
    const lists = Array.isArray(left) && Array.isArray(right);
    was[name] = lists ? onlyIn(left, right) : left;
    is[name] = lists ? onlyIn(right, left) : right;
  }
  return { before: withoutSecrets(was), after: withoutSecrets(is) };
}

/** The secrets that a request brings, struck out: that they were changed is told, and no more. */
export function secretsGiven(body: unknown): Fields {
  if (!isFields(body)) return {};
  return Object.fromEntries(
    Object.keys(body)
      .filter(name => secret.test(name))
      .map(name => [name, hidden]),
  );
}

function onlyIn(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const known = new Set(other.map(element => JSON.stringify(element)));
  return list.filter(element => !known.has(JSON.stringify(element)));
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

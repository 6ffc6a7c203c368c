import { Problem } from '../../base/index.ts';

// What Rollcall may ask Graph to change: this list and nothing else. DELETE …/members/{id} without /$ref would delete
// the user or device itself from the directory, so a write that is not listed here never leaves the machine.

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

interface Shape {
  method: string;
  path: RegExp;
  /** The only keys that the body may have; none: no body. */
  keys: readonly string[];
}

const shapes: readonly Shape[] = [
  { method: 'PATCH', path: new RegExp(`^/groups/${guid}$`, 'i'), keys: ['members@odata.bind'] },
  { method: 'DELETE', path: new RegExp(`^/groups/${guid}/members/${guid}/\\$ref$`, 'i'), keys: [] },
  {
    method: 'POST',
    path: /^\/groups$/,
    keys: [
      'displayName',
      'description',
      'mailEnabled',
      'mailNickname',
      'securityEnabled',
      'groupTypes',
      'owners@odata.bind',
    ],
  },
];

/** Whether a request changes something; the rest reads. `$batch` itself is neither: its parts are looked at. */
export function isWrite(method: string): boolean {
  return method !== 'GET';
}

/**
 * Refuses every write that is not on the list.
 * @param path below the version, as /groups/…; encoded characters and queries match nothing
 * @throws Problem `write-refused`: a defect in Rollcall, stopped here
 */
export function assertAllowed(method: string, path: string, body: unknown): void {
  if (!isWrite(method)) return;
  const keys = body === undefined ? [] : typeof body === 'object' && body !== null ? Object.keys(body) : null;
  const allowed = shapes.some(
    shape =>
      shape.method === method &&
      shape.path.test(path) &&
      keys !== null &&
      (shape.keys.length > 0 || keys.length === 0) &&
      keys.every(key => shape.keys.includes(key)),
  );
  if (allowed) return;
  throw new Problem(
    'invalid',
    'write-refused',
    `Rollcall was about to send ${method} ${path} to Microsoft Graph, which it never may; nothing was sent.`,
    'This is a defect in Rollcall. Please report it.',
  );
}

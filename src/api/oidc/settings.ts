import { z } from 'zod';
import { Problem } from '../../base/index.ts';
import type { Secrets } from '../../directory/index.ts';
import type { Queries } from '../../store/index.ts';
import { type OidcSettings, redirectPath, role, type updateOidc } from '../contract/index.ts';

const key = 'sign-in.oidc';

/** Where a browser begins to sign in by the provider. */
export const oidcStart = '/api/v1/sign-in/oidc/start';

const stored = z.object({
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** Sealed; null for a public client. */
  secret: z.string().nullable(),
  nameClaim: z.string(),
  roleClaim: z.string(),
  roles: z.array(z.object({ value: z.string(), role })),
  defaultRole: role.nullable(),
  autoCreate: z.boolean(),
  scopes: z.string(),
  publicUrl: z.string().nullable(),
  ca: z.string().nullable(),
});
/** The settings as they are stored: the secret sealed. */
export type StoredOidc = z.output<typeof stored>;

const initially = {
  name: 'OpenID Connect',
  secret: null,
  nameClaim: 'preferred_username',
  roleClaim: 'roles',
  roles: [],
  defaultRole: null,
  autoCreate: false,
  scopes: 'openid profile email',
  publicUrl: null,
  ca: null,
};

/** How people sign in by a provider; undefined while that is not set up. */
export async function loadOidc(db: Queries): Promise<StoredOidc | undefined> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row && stored.parse(JSON.parse(row.value));
}

/** The same, needed. @throws Problem `oidc-not-set` */
export async function requireOidc(db: Queries): Promise<StoredOidc> {
  const settings = await loadOidc(db);
  if (settings) return settings;
  throw new Problem(
    'not-found',
    'oidc-not-set',
    'No sign-in by an OpenID Connect provider is set up.',
    'Set it up: rollcall sign-in set --issuer URL --client-id ID.',
  );
}

/**
 * Changes the settings; what is left out stays.
 * @throws Problem `oidc-incomplete` when issuer or client are not known yet
 */
export async function saveOidc(
  db: Queries,
  secrets: Secrets,
  { clientSecret, ...changes }: z.output<typeof updateOidc>,
): Promise<StoredOidc> {
  const before = await loadOidc(db);
  const secret =
    clientSecret === undefined ? {} : { secret: clientSecret === null ? null : secrets.seal(clientSecret) };
  const parsed = stored.safeParse({ ...initially, ...before, ...changes, ...secret });
  if (!parsed.success) {
    throw new Problem(
      'invalid',
      'oidc-incomplete',
      'The provider needs an issuer and a client id.',
      'Give both; see docs/operation.md.',
    );
  }
  // A secret belongs to its issuer: it must not be sent to another because only the address was changed.
  const moved = before !== undefined && parsed.data.issuer !== before.issuer && clientSecret === undefined;
  const settings = moved ? { ...parsed.data, secret: null } : parsed.data;
  const value = JSON.stringify(settings);
  await db
    .insertInto('setting')
    .values({ key, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
  return settings;
}

/** Ends the sign-in by a provider; accounts stay. */
export async function removeOidc(db: Queries): Promise<void> {
  await db.deleteFrom('setting').where('key', '=', key).execute();
}

/** What may be shown: neither secret nor certificate authority. */
export function shownOidc({ secret, ca, ...settings }: StoredOidc): OidcSettings {
  return { ...settings, hasSecret: secret !== null, hasCa: ca !== null, redirectPath };
}

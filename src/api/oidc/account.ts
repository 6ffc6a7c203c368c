import { type Clock, fold } from '../../base/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import { accountNamed } from '../auth/accounts.ts';
import type { AccountRow } from '../auth/identify.ts';
import { type Claims, roleOf, signInProblem, valuesOf } from './claims.ts';
import type { StoredOidc } from './settings.ts';

/** Who has signed in at a provider. */
export interface Subject {
  issuer: string;
  subject: string;
  claims: Claims;
}

/**
 * The account of who has signed in at a provider, made where the settings say so, with the role that the provider
 * gives today. Issuer and subject say who it is; a name counts once only, for an account that waits for its owner.
 * @throws Problem `oidc-no-account`, `oidc-no-role`, `oidc-disabled`, `oidc-too-many-groups`
 */
export async function accountOf(
  store: Store,
  settings: StoredOidc,
  { issuer, subject, claims }: Subject,
  clock: Pick<Clock, 'now'>,
): Promise<AccountRow> {
  const role = roleOf(claims, settings);
  const at = clock.now().toISOString();
  return await store.transaction(async tx => {
    const known =
      (await bySubject(tx, issuer, subject)) ?? (await waiting(tx, settings, { issuer, subject, claims }));
    if (known?.disabled === 1) throw signInProblem('oidc-disabled');
    if (known) {
      return await tx
        .updateTable('account')
        .set({ issuer, subject, role: role ?? known.role, last_sign_in_at: at })
        .where('id', '=', known.id)
        .returningAll()
        .executeTakeFirstOrThrow();
    }
    const first = role ?? settings.defaultRole;
    if (!settings.autoCreate) throw signInProblem('oidc-no-account');
    if (!first) throw signInProblem('oidc-no-role');
    const name = await freeName(tx, nameOf(settings, claims) ?? subject);
    return await tx
      .insertInto('account')
      .values({
        name,
        name_key: fold(name),
        kind: 'oidc',
        issuer,
        subject,
        role: first,
        scoped: 0,
        disabled: 0,
        created_at: at,
        updated_at: at,
        last_sign_in_at: at,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

async function bySubject(tx: Queries, issuer: string, subject: string): Promise<AccountRow | undefined> {
  return await tx
    .selectFrom('account')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
}

/** An account that an administrator has made for the provider and that nobody has signed in to yet. */
async function waiting(
  tx: Queries,
  settings: StoredOidc,
  { claims }: Subject,
): Promise<AccountRow | undefined> {
  const name = nameOf(settings, claims);
  const account = name === undefined ? undefined : await accountNamed(tx, name);
  return account?.kind === 'oidc' && account.subject === null ? account : undefined;
}

function nameOf({ nameClaim }: StoredOidc, claims: Claims): string | undefined {
  const name = valuesOf(claims, nameClaim)[0]
    ?.replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 200);
  return name === '' ? undefined : name;
}

/** A name that nobody bears: two providers, or two people one after the other, may use the same. */
async function freeName(tx: Queries, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} (${n})`;
    if (!(await accountNamed(tx, name))) return name;
  }
}

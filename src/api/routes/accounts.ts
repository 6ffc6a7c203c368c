import { Problem } from '../../base/index.ts';
import {
  type AccountChange,
  createAccount,
  deleteAccount,
  getAccount,
  listAccounts,
  updateAccount,
} from '../auth/accounts.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Who may sign in, and what they may do. */
export const accountHandlers = {
  async listAccounts({ query }, { store }) {
    return await listAccounts(store, query);
  },
  async createAccount({ body }, services) {
    return await createAccount(services, body);
  },
  async getAccount({ params }, { store }) {
    return await getAccount(store, params.ref);
  },
  async updateAccount({ params, body, identity }, services) {
    const account = await getAccount(services.store, params.ref);
    if (account.id === identity.accountId) requireHarmless(body);
    return await updateAccount(services, params.ref, body);
  },
  async deleteAccount({ params, identity }, { store }) {
    const account = await getAccount(store, params.ref);
    if (account.id === identity.accountId) throw ownAccount();
    await deleteAccount(store, params.ref);
    return undefined;
  },
} satisfies Partial<RouteHandlers>;

/** Nobody locks themselves out, so that there is always somebody who may let others in. */
function requireHarmless({ role, disabled, collections, password }: AccountChange): void {
  const lessens = role !== undefined && role !== 'full-administrator';
  const limits = collections !== undefined && collections !== null;
  if (lessens || limits || disabled || password !== undefined) throw ownAccount();
}

function ownAccount(): Problem {
  return new Problem(
    'conflict',
    'own-account',
    'This is the account that you are signed in with.',
    'Let another administrator do it; your own password you change with "change password".',
  );
}

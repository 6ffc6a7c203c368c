import type { Command } from 'commander';
import { Option } from 'commander';
import { type Account, type Role, roles } from '../../../api/index.ts';
import { everyRow } from '../../client/pages.ts';
import { usage } from '../../failure.ts';
import { branch, leaf } from '../../help.ts';
import { oneOf, onOff } from '../../options.ts';
import { instant, type Listing } from '../../output/index.ts';
import { type SecretOptions, secretFrom, secretOptions } from '../../secret-option.ts';
import type { Context, Session } from '../../session.ts';

interface SetOptions extends SecretOptions {
  rename?: string;
  role?: Role;
  limitTo?: string[];
  allCollections?: true;
  disabled?: boolean;
}

/** `rollcall account …`: who may sign in, and what they may do. */
export function accountCommands(program: Command, session: Session): void {
  const account = branch(program, 'account', 'Who may sign in, and what they may do.');
  leaf(account, 'list', 'List the accounts.', ['account list']).action(
    session.action(async ({ client, print }: Context) => {
      const query = { limit: 1_000 };
      const rows = everyRow(after => client.call('listAccounts', { query: { ...query, after } }));
      await print.list(rows, accounts);
    }),
  );
  const create = leaf(account, 'create <name>', 'Let somebody sign in.', [
    'account create ann --role operator --password-file ann.txt',
    'account create bob@contoso.com --oidc --role read-only --limit-to Berlin',
  ])
    .addOption(oneOf('--role <role>', 'what they may do', roles).makeOptionMandatory())
    .option('--oidc', 'they sign in by the OpenID Connect provider, under this name')
    .addOption(limitTo());
  for (const option of secretOptions('password')) create.addOption(option);
  create.action(
    session.action(
      async (
        { client, print, terminal }: Context,
        name: string,
        options: SecretOptions & { role: Role; oidc?: true; limitTo?: string[] },
      ) => {
        const password = await secretFrom('password', options, terminal.env);
        if (password === undefined && !options.oidc) {
          throw usage('No password is given.', 'Give --password-file or --password-env, or --oidc.');
        }
        const made = await client.call('createAccount', {
          body: {
            name,
            kind: options.oidc ? 'oidc' : 'local',
            role: options.role,
            collections: options.limitTo ?? null,
            ...(password === undefined ? {} : { password }),
          },
        });
        print.done(made, `${made.name} may sign in, with the role ${made.role}.`);
      },
    ),
  );
  const set = leaf(account, 'set <name>', 'Change an account. A new password ends its sessions.', [
    'account set ann --role read-only',
    'account set ann --disabled on',
  ])
    .option('--rename <name>', 'its new name')
    .addOption(oneOf('--role <role>', 'what they may do', roles))
    .addOption(limitTo().conflicts('allCollections'))
    .option('--all-collections', 'limit it to none')
    .addOption(onOff('--disabled', 'whether they may not sign in'));
  for (const option of secretOptions('password')) set.addOption(option);
  set.action(
    session.action(async ({ client, print, terminal }: Context, ref: string, options: SetOptions) => {
      const password = await secretFrom('password', options, terminal.env);
      const { rename, role, disabled } = options;
      const collections = options.allCollections ? null : options.limitTo;
      const given = { name: rename, role, disabled, collections, password };
      const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const changed = await client.call('updateAccount', { params: { ref }, body });
      print.done(changed, `Changed ${changed.name}.`);
    }),
  );
  leaf(account, 'delete <name>', 'Delete an account, its sessions and its tokens.', [
    'account delete ann',
  ]).action(
    session.action(async ({ client, print }: Context, ref: string) => {
      await client.call('deleteAccount', { params: { ref } });
      print.done({ deleted: ref }, `Deleted the account ${ref}.`);
    }),
  );
}

/** The option that limits somebody to collections. */
export function limitTo(): Option {
  return new Option('--limit-to <collection...>', 'to these collections and what is limited to them');
}

const accounts: Listing<Account> = {
  columns: [
    { title: 'Name', value: account => account.name },
    { title: 'Role', value: account => account.role },
    { title: 'Signs in by', value: account => (account.kind === 'oidc' ? 'provider' : 'password') },
    { title: 'Limited to', value: account => account.collections?.map(({ name }) => name).join(', ') },
    { title: 'Disabled', value: account => (account.disabled ? 'yes' : '') },
    { title: 'Last sign-in', value: account => instant(account.lastSignInAt), optional: true },
  ],
  fields: ['id', 'name', 'kind', 'role', 'collections', 'disabled', 'createdAt', 'updatedAt', 'lastSignInAt'],
  empty:
    'Nobody has an account yet. Make the first in the console with the token, or with: rollcall account create',
};

import type { Command } from 'commander';
import { type ApiToken, type Role, roles } from '../../../api/index.ts';
import { branch, leaf } from '../../help.ts';
import { oneOf, wholeNumber } from '../../options.ts';
import { instant, type Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { limitTo } from './account.ts';

/** `rollcall token …`: what programs sign in with. */
export function tokenCommands(program: Command, session: Session): void {
  const token = branch(program, 'token', 'What programs sign in with.');
  leaf(token, 'list', 'List the tokens; their text is not kept.', ['token list']).action(
    session.action(async ({ client, print }: Context) => {
      await print.list((await client.call('listTokens', {})).items, tokens);
    }),
  );
  leaf(token, 'create <name>', 'Make a token; it is shown once.', [
    'token create CI --role operator --days 90',
    'token create Prometheus --role read-only',
  ])
    .addOption(oneOf('--role <role>', 'what it may do', roles).makeOptionMandatory())
    .addOption(wholeNumber('--days <n>', 'days until it expires (never unless given)', 1, 3_650))
    .addOption(limitTo())
    .action(
      session.action(
        async (
          { client, print }: Context,
          name: string,
          { role, days, limitTo: collections }: { role: Role; days?: number; limitTo?: string[] },
        ) => {
          const made = await client.call('createToken', {
            body: { name, role, ...(days === undefined ? {} : { days }), collections: collections ?? null },
          });
          print.done(made, `The token ${made.name}, shown only now: ${made.token}`);
        },
      ),
    );
  leaf(token, 'revoke <id>', 'Take a token back.', ['token revoke 3']).action(
    session.action(async ({ client, print }: Context, id: string) => {
      await client.call('revokeToken', { params: { id } });
      print.done({ revoked: id }, `Took back the token ${id}.`);
    }),
  );
}

const tokens: Listing<ApiToken> = {
  columns: [
    { title: 'Id', value: token => token.id },
    { title: 'Name', value: token => token.name },
    { title: 'Account', value: token => token.account },
    { title: 'Role', value: token => token.role },
    { title: 'Last used', value: token => instant(token.lastUsedAt) },
    { title: 'Expires', value: token => instant(token.expiresAt) },
  ],
  fields: ['id', 'name', 'account', 'role', 'collections', 'createdAt', 'lastUsedAt', 'expiresAt'],
  empty: 'There are no tokens.',
};

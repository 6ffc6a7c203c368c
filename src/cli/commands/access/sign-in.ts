import type { Command } from 'commander';
import { Option } from 'commander';
import { type OidcSettings, type Role, roles } from '../../../api/index.ts';
import { usage } from '../../failure.ts';
import { readText } from '../../files.ts';
import { branch, leaf } from '../../help.ts';
import { oneOf, onOff } from '../../options.ts';
import { type SecretOptions, secretFrom, secretOptions } from '../../secret-option.ts';
import type { Context, Session } from '../../session.ts';

interface SetOptions extends SecretOptions {
  name?: string;
  issuer?: string;
  clientId?: string;
  nameClaim?: string;
  roleClaim?: string;
  map?: string[];
  defaultRole?: Role | 'none';
  autoCreate?: boolean;
  publicUrl?: string;
  caFile?: string;
}

/** `rollcall sign-in …`: signing in by an OpenID Connect provider. */
export function signInCommands(program: Command, session: Session): void {
  const signIn = branch(program, 'sign-in', 'Signing in by an OpenID Connect provider, such as Entra.');
  leaf(signIn, 'show', 'Show how people sign in by the provider.', ['sign-in show']).action(
    session.action(async ({ client, print }: Context) => {
      const settings = await client.call('getOidc', {});
      print.one(settings, () => print.facts(facts(settings)));
    }),
  );
  const set = leaf(signIn, 'set', 'Set up or change the sign-in by a provider; what is left out stays.', [
    'sign-in set --issuer https://login.microsoftonline.com/TENANT-ID/v2.0 --client-id … --client-secret-env SECRET',
    'sign-in set --role-claim roles --map Rollcall.Admin=full-administrator Rollcall.Operator=operator',
  ])
    .option('--name <text>', 'what the button in the console says')
    .option('--issuer <url>', 'address of the provider')
    .option('--client-id <id>', 'the application, as the provider knows it');
  for (const option of secretOptions('client-secret')) set.addOption(option);
  set
    .option('--name-claim <claim>', 'the claim that names the account')
    .option('--role-claim <claim>', 'the claim with roles or groups')
    .addOption(new Option('--map <value=role...>', 'which role a value of that claim gives'))
    .addOption(oneOf('--default-role <role>', 'for who has none of these', [...roles, 'none']))
    .addOption(onOff('--auto-create', 'make an account for who signs in first'))
    .option('--public-url <url>', 'where browsers reach this server')
    .option('--ca-file <file>', 'certificate authority of the provider, in PEM')
    .action(
      session.action(async ({ client, print, terminal }: Context, options: SetOptions) => {
        const { name, issuer, clientId, nameClaim, roleClaim, map, defaultRole, autoCreate, publicUrl } =
          options;
        const given = {
          ...{ name, issuer, clientId, nameClaim, roleClaim, autoCreate, publicUrl },
          clientSecret: await secretFrom('client-secret', options, terminal.env),
          roles: map?.map(rule),
          defaultRole: defaultRole === 'none' ? null : defaultRole,
          ca: options.caFile === undefined ? undefined : await readText(options.caFile, '--ca-file'),
        };
        const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        const settings = await client.call('updateOidc', { body });
        print.done(
          settings,
          `People sign in by ${settings.name}. Register there: ${settings.publicUrl ?? 'https://THIS-SERVER'}${settings.redirectPath}`,
        );
      }),
    );
  leaf(signIn, 'remove', 'End the sign-in by the provider; accounts stay.', ['sign-in remove']).action(
    session.action(async ({ client, print }: Context) => {
      await client.call('removeOidc', {});
      print.done({ removed: true }, 'Nobody signs in by a provider any more.');
    }),
  );
}

function rule(text: string): { value: string; role: Role } {
  const at = text.lastIndexOf('=');
  const role = roles.find(known => known === text.slice(at + 1));
  if (at > 0 && role) return { value: text.slice(0, at), role };
  throw usage(`"${text}" gives no role.`, `Write VALUE=ROLE with one of the roles ${roles.join(', ')}.`);
}

function facts(settings: OidcSettings) {
  return {
    Name: settings.name,
    Issuer: settings.issuer,
    Client: settings.clientId,
    Secret: settings.hasSecret ? 'kept, sealed' : 'none',
    'Name claim': settings.nameClaim,
    'Role claim': settings.roleClaim,
    Roles: settings.roles.map(({ value, role }) => `${value} → ${role}`).join(', '),
    'Default role': settings.defaultRole ?? 'none',
    'Makes accounts': settings.autoCreate ? 'yes' : 'no',
    'Redirect to register': `${settings.publicUrl ?? 'https://THIS-SERVER'}${settings.redirectPath}`,
  };
}

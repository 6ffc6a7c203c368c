import type { Command } from 'commander';
import { Option } from 'commander';
import type { Tenant } from '../../../api/index.ts';
import { readText } from '../../files.ts';
import { branch, leaf } from '../../help.ts';
import { address, oneOf, onOff, wholeNumber } from '../../options.ts';
import type { Listing } from '../../output/index.ts';
import type { Context, Session } from '../../session.ts';
import { type CredentialOptions, credentialFrom, credentialOptions } from './credential.ts';
import { checkCommand } from './tenant-check.ts';
import { tenantNamed } from './tenant-choice.ts';
import { warnOfTenants } from './tenant-warnings.ts';

interface ConnectOptions extends CredentialOptions {
  tenantId: string;
  clientId: string;
  cloud?: 'public' | 'usgov' | 'usgov-dod' | 'china';
  loginUrl?: string;
  graphUrl?: string;
  caFile?: string;
}

interface SetOptions extends Partial<ConnectOptions> {
  name?: string;
  groupSync?: boolean;
  discovery?: boolean;
  discoveryMinutes?: number;
  fullDiscoveryDays?: number;
  maxRemovals?: number;
  maxRemovalPercent?: number;
  quotaShare?: number;
  allowRoleAssignable?: boolean;
  entraResources?: boolean;
  wholeReadDays?: number;
  entraAuthentication?: boolean;
}

/** `rollcall tenant …`: the connected Entra tenants (cloud services). */
export function tenantCommands(program: Command, session: Session): void {
  const tenant = branch(program, 'tenant', 'Connect Entra tenants and look after them.');
  connectCommand(tenant, session);
  leaf(tenant, 'list', 'List the connected tenants.', ['tenant list']).action(
    session.action(async (context: Context) => {
      const { items } = await context.client.call('listTenants', {});
      await context.print.list(items, tenants);
      warnOfTenants(context, items);
    }),
  );
  leaf(tenant, 'show [name]', 'Show a tenant with its switches and limits.', ['tenant show Contoso']).action(
    session.action(async (context: Context, name: string | undefined) => showTenant(context, name)),
  );
  setCommand(tenant, session);
  checkCommand(tenant, session);
  leaf(tenant, 'disconnect <name>', 'Disconnect a tenant. Its groups stay as they are.', [
    'tenant disconnect Contoso',
  ]).action(
    session.action(async ({ client, print }: Context, name: string) => {
      const gone = await client.call('getTenant', { params: { ref: name } });
      await client.call('disconnectTenant', { params: { ref: String(gone.id) } });
      print.done({ id: gone.id, name: gone.name }, `Disconnected ${gone.name}.`);
    }),
  );
}

function connectCommand(tenant: Command, session: Session): void {
  const connect = leaf(
    tenant,
    'connect <name>',
    'Connect an Entra tenant. Secrets are read from a variable or a file, never from the command line.',
    [
      'tenant connect Contoso --tenant-id 11111111-… --client-id 22222222-… --client-secret-env ROLLCALL_SECRET',
      'tenant connect Contoso --tenant-id 11111111-… --client-id 22222222-… --certificate app.pem --cloud usgov',
    ],
  )
    .requiredOption('--tenant-id <id>', "the tenant's id or a verified domain")
    .requiredOption('--client-id <id>', 'the application (client) id of the app registration');
  for (const option of [...placeOptions(), ...credentialOptions()]) connect.addOption(option);
  connect.action(
    session.action(async ({ client, print, terminal }: Context, name: string, options: ConnectOptions) => {
      const { tenantId, clientId, cloud, loginUrl, graphUrl, caFile } = options;
      const credential = await credentialFrom(options, terminal.env, 'required');
      const ca = caFile === undefined ? undefined : await readText(caFile, '--ca-file');
      const body = { name, tenantId, clientId, credential, cloud, loginUrl, graphUrl, ca };
      const made = await client.call('connectTenant', { body });
      print.done(made, `Connected ${made.name}: tenant ${made.tenantId}, app ${made.clientId}.`);
    }),
  );
}

/** Where the tenant is. */
function placeOptions(): Option[] {
  return [
    oneOf('--cloud <cloud>', 'which Microsoft cloud (at first: public)', [
      'public',
      'usgov',
      'usgov-dod',
      'china',
    ]),
    address('--login-url <url>', 'sign in here instead').conflicts('cloud'),
    address('--graph-url <url>', 'Microsoft Graph is here instead').conflicts('cloud'),
    new Option('--ca-file <file>', 'certificate authority to trust beside the usual, in PEM'),
  ];
}

function setCommand(tenant: Command, session: Session): void {
  const set = leaf(tenant, 'set [name]', "Change a tenant's switches, limits or credential.", [
    'tenant set Contoso --group-sync on',
    'tenant set Contoso --max-removals 1000 --max-removal-percent 50',
    'tenant set Contoso --client-secret-file new-secret.txt',
  ])
    .option('--name <name>', 'give it another name')
    .addOption(
      onOff('--group-sync', 'synchronize its groups: Enable Azure Directory Group Sync (at first: on)'),
    )
    .addOption(onOff('--discovery', 'discover its devices and users (at first: on)'))
    .addOption(
      wholeNumber('--discovery-minutes <n>', 'minutes between delta discoveries (at first: 5)', 1, 10_080),
    )
    .addOption(
      wholeNumber('--full-discovery-days <n>', 'days between full discoveries (at first: 7)', 1, 365),
    )
    .addOption(
      wholeNumber(
        '--max-removals <n>',
        'hold runs that would remove more members (at first: 500)',
        0,
        1_000_000,
      ),
    )
    .addOption(
      wholeNumber(
        '--max-removal-percent <n>',
        'hold runs that would remove a larger part of ten or more (at first: 30)',
        0,
        100,
      ),
    )
    .addOption(
      wholeNumber('--quota-share <n>', "percent of Graph's write quota to use (at first: 90)", 1, 100),
    )
    .addOption(
      wholeNumber(
        '--whole-read-days <n>',
        'days between whole readings of a large group; 0: always (at first: 7)',
        0,
        90,
      ),
    )
    .addOption(onOff('--allow-role-assignable', 'allow role-assignable groups as targets (at first: off)'))
    .addOption(
      onOff(
        '--entra-resources',
        'bring devices and users that only Entra knows into the inventory (at first: off)',
      ),
    )
    .addOption(
      onOff('--entra-authentication', 'Microsoft Entra authentication for this tenant (at first: on)'),
    );
  set
    .option('--tenant-id <id>', 'correct the tenant id (while no group of it is mapped)')
    .option('--client-id <id>', 'another app registration');
  for (const option of [...placeOptions(), ...credentialOptions()]) set.addOption(option);
  set.action(
    session.action(
      async ({ client, print, terminal }: Context, name: string | undefined, options: SetOptions) => {
        const { id } = await tenantNamed(client, name);
        const credential = await credentialFrom(options, terminal.env, 'optional');
        const authentication = options.entraAuthentication;
        const { tenantId, clientId, cloud, loginUrl, graphUrl, caFile } = options;
        const ca = caFile === undefined ? undefined : await readText(caFile, '--ca-file');
        const changed = await client.call('updateTenant', {
          params: { ref: String(id) },
          body: {
            name: options.name,
            tenantId,
            clientId,
            cloud,
            loginUrl,
            graphUrl,
            ca,
            groupSync: options.groupSync,
            discovery: options.discovery,
            discoveryMinutes: options.discoveryMinutes,
            fullDiscoveryDays: options.fullDiscoveryDays,
            maxRemovals: options.maxRemovals,
            maxRemovalPercent: options.maxRemovalPercent,
            quotaShare: options.quotaShare,
            allowRoleAssignable: options.allowRoleAssignable,
            entraResources: options.entraResources,
            wholeReadDays: options.wholeReadDays,
            entraAuthenticationDisabled: authentication === undefined ? undefined : !authentication,
            credential,
          },
        });
        print.one(changed, () => print.facts(factsOf(changed)));
      },
    ),
  );
}

async function showTenant(context: Context, name: string | undefined): Promise<void> {
  const { client, print } = context;
  const tenant = await tenantNamed(client, name);
  print.one(tenant, () => print.facts(factsOf(tenant)));
  warnOfTenants(context, [tenant]);
}

function factsOf(tenant: Tenant) {
  return {
    Name: tenant.name,
    'Tenant id': tenant.tenantId,
    'Client id': tenant.clientId,
    Cloud: tenant.cloud,
    'Signs in at': tenant.loginUrl,
    Graph: tenant.graphUrl,
    Credential: tenant.credentialKind,
    'Credential ends': credentialEnd(tenant),
    'Group sync': onOrOff(tenant.groupSync),
    Discovery: onOrOff(tenant.discovery),
    'Delta discovery': `every ${tenant.discoveryMinutes} min`,
    'Full discovery': `every ${tenant.fullDiscoveryDays} days`,
    'Held above': `${tenant.maxRemovals} removals, or ${tenant.maxRemovalPercent} % of a group`,
    'Share of write quota': `${tenant.quotaShare} %`,
    'Large groups': wholeReads(tenant),
    'Role-assignable groups': tenant.allowRoleAssignable ? 'allowed' : 'refused',
    'Entra-only resources': tenant.entraResources ? 'brought into the inventory' : 'left out',
    'Entra authentication': onOrOff(!tenant.entraAuthenticationDisabled),
  };
}

function wholeReads({ wholeReadDays: days }: Tenant): string {
  if (days === 0) return 'read whole by every full run';
  return `followed by what changes, read whole after ${days === 1 ? '1 day' : `${days} days`}`;
}

/** When the credential ends, or why that is not known. */
function credentialEnd({ credentialExpiresAt, credentialExpirySource }: Tenant): string {
  if (credentialExpiresAt !== null) return credentialExpiresAt.slice(0, 10);
  if (credentialExpirySource === 'never') return 'never: it is renewed by the platform';
  return 'not known: it is read at discovery, with the permission Application.Read.All';
}

function onOrOff(on: boolean): string {
  return on ? 'on' : 'off';
}

const tenants: Listing<Tenant> = {
  columns: [
    { title: 'Name', value: tenant => tenant.name },
    { title: 'Tenant id', value: tenant => tenant.tenantId, whole: true },
    { title: 'Cloud', value: tenant => tenant.cloud },
    { title: 'Group sync', value: tenant => onOrOff(tenant.groupSync) },
    { title: 'Credential', value: tenant => tenant.credentialKind, optional: true },
    { title: 'Ends', value: tenant => tenant.credentialExpiresAt?.slice(0, 10), optional: true },
  ],
  fields: [
    'id',
    'name',
    'tenantId',
    'clientId',
    'cloud',
    'loginUrl',
    'graphUrl',
    'credentialKind',
    'credentialExpiresAt',
    'credentialExpirySource',
    'groupSync',
    'discovery',
    'entraResources',
    'entraAuthenticationDisabled',
  ],
  empty: 'No tenant is connected. Connect one with: rollcall tenant connect NAME --tenant-id … --client-id …',
};

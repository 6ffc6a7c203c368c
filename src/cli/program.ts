import { Command, Option } from 'commander';
import { accountCommands } from './commands/access/account.ts';
import { auditCommand } from './commands/access/audit.ts';
import { signInCommands } from './commands/access/sign-in.ts';
import { tokenCommands } from './commands/access/token.ts';
import { cloudSyncCommands } from './commands/cloud-sync/cloud-sync.ts';
import { collectionCommands } from './commands/collection/collection.ts';
import { ruleCommands } from './commands/collection/rules.ts';
import { wqlCommands } from './commands/collection/wql.ts';
import { demoCommand } from './commands/demo/command.ts';
import { resourceCommands } from './commands/resource/resource.ts';
import { serveCommand } from './commands/serve.ts';
import { settingCommands } from './commands/settings.ts';
import { discoverCommand } from './commands/tenant/discover.ts';
import { groupCommands } from './commands/tenant/group.ts';
import { tenantCommands } from './commands/tenant/tenant.ts';
import { withExamples } from './help.ts';
import { address } from './options.ts';
import { outputFormats } from './output/index.ts';
import type { Session } from './session.ts';
import { version } from './version.ts';

/** The whole command line. Parsing throws CommanderError where the usage is wrong or help was asked for. */
export function buildProgram(session: Session): Command {
  const { terminal } = session;
  const program = new Command('rollcall')
    .description('Keeps Microsoft Entra groups in step with collections of devices and users.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: text => terminal.stdout.write(text),
      // Help for want of a command goes to stderr; errors are told by failure.ts.
      writeErr: text => terminal.stderr.write(text),
      outputError: () => {},
    })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .addOption(
      new Option('--data <dir>', 'folder of the store (default: $ROLLCALL_DATA, else by the system)'),
    )
    .addOption(
      address('--server <url>', 'speak to this server instead (default: $ROLLCALL_SERVER)').conflicts('data'),
    )
    .addOption(
      new Option('-o, --output <format>', 'how results are printed').choices(outputFormats).default('table'),
    )
    .addOption(
      new Option('--token-file <file>', 'token for the server (default: $ROLLCALL_TOKEN, else DATA/token)'),
    )
    .addOption(new Option('--server-ca <file>', 'certificate authority of the server, in PEM'));
  withExamples(program, [
    'demo',
    'resource import devices.ndjson',
    'collection create Pilot --type device',
    'cloud-sync status -o json',
  ]);
  demoCommand(program, session);
  serveCommand(program, session);
  tenantCommands(program, session);
  discoverCommand(program, session);
  groupCommands(program, session);
  resourceCommands(program, session);
  ruleCommands(collectionCommands(program, session), session);
  cloudSyncCommands(program, session);
  wqlCommands(program, session);
  settingCommands(program, session);
  accountCommands(program, session);
  tokenCommands(program, session);
  signInCommands(program, session);
  auditCommand(program, session);
  return program;
}

/** Whether errors are to be told as JSON. Known before the arguments are parsed: parsing itself may fail. */
export function asksForJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, i) =>
      ['-ojson', '-o=json', '--output=json'].includes(word) ||
      (['-o', '--output'].includes(word) && argv[i + 1] === 'json'),
  );
}

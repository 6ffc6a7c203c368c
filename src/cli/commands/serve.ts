import { isIP } from 'node:net';
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../base/index.ts';
import { usage } from '../failure.ts';
import { readText } from '../files.ts';
import { leaf } from '../help.ts';
import { dataFolder, oneOf, wholeNumber } from '../options.ts';
import type { Session, Surroundings } from '../session.ts';

/** Where the server listens unless told otherwise. */
export const usualPort = 8090;

interface ServeOptions {
  host: string;
  port: number;
  tlsCert?: string;
  tlsKey?: string;
  tlsSelfSigned?: true;
  trustedProxy?: string[];
  logLevel: string;
}

/** `rollcall serve`: server, console and schedule, until Ctrl-C. */
export function serveCommand(program: Command, session: Session): void {
  leaf(program, 'serve', 'Run the server with its console and the 5-minute cycle.', [
    'serve',
    'serve --host 0.0.0.0 --tls-self-signed',
    'serve --host 0.0.0.0 --port 443 --tls-cert rollcall.pem --tls-key rollcall.key',
  ])
    .addOption(
      new Option('--host <address>', 'address to listen on; any but loopback needs TLS').default('127.0.0.1'),
    )
    .addOption(wholeNumber('--port <n>', 'port to listen on', 0, 65_535).default(usualPort))
    .option('--tls-cert <file>', 'certificate, in PEM')
    .option('--tls-key <file>', 'its private key, in PEM')
    .addOption(
      new Option(
        '--tls-self-signed',
        'TLS with a certificate made here and kept in the data folder',
      ).conflicts(['tlsCert', 'tlsKey']),
    )
    .addOption(
      new Option(
        '--trusted-proxy <address...>',
        'addresses or networks (10.0.0.0/8) of proxies before it, believed whom they speak for',
      ).argParser((text: string, before: string[] = []) => [...before, network(text)]),
    )
    .addOption(
      oneOf('--log-level <level>', 'what is logged', ['error', 'warn', 'info', 'debug']).default('info'),
    )
    .action(
      session.ownServer(async ({ terminal, options, print, signal }: Surroundings, given: ServeOptions) => {
        const { createLog, selfSigned, startServer } = await import('../../api/index.ts');
        const dataDir = dataFolder(options, terminal.env);
        const own = given.tlsSelfSigned ? await selfSigned(dataDir, given.host, systemClock) : undefined;
        const server = await startServer({
          dataDir,
          env: terminal.env,
          host: given.host,
          port: given.port,
          ...(own ? { tls: own } : await tlsOf(given)),
          ...(given.trustedProxy ? { trustedProxies: given.trustedProxy } : {}),
          cycle: true,
          log: createLog(given.logLevel, { write: text => terminal.stderr.write(text) }),
        });
        print.done({ url: server.url }, `Rollcall is at ${server.url}`);
        if (own) print.text(`Its certificate is its own; SHA-256 fingerprint: ${own.fingerprint}`);
        if (server.isFirstStart) {
          print.text(`Make the first account there with this token, shown only now: ${server.token}`);
        }
        print.text('Ctrl-C ends it.');
        await stopped(signal);
        await server.close();
      }),
    );
}

/** Resolves when Ctrl-C has been pressed. */
export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** An address or a network as it was given. @throws InvalidArgumentError */
function network(text: string): string {
  const [address = '', bits] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isWhole = bits === undefined || /^\d{1,3}$/.test(bits);
  if (longest > 0 && isWhole && Number(bits ?? 0) <= longest) return text;
  throw new InvalidArgumentError('It must be an address or a network, such as 192.0.2.1 or 192.0.2.0/24.');
}

async function tlsOf({ tlsCert, tlsKey }: ServeOptions): Promise<{ tls?: { cert: string; key: string } }> {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined) {
    throw usage('A certificate and its key belong together.', 'Give both --tls-cert and --tls-key.');
  }
  return { tls: { cert: await readText(tlsCert, '--tls-cert'), key: await readText(tlsKey, '--tls-key') } };
}

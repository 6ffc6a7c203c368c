import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/index.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { Session } from '../../src/cli/session.ts';
import { fakeTerminal } from './fake-terminal.ts';

/** Runs a command that fails before it needs the API. */
async function outcome(line: readonly string[], env: Record<string, string> = {}) {
  const terminal = fakeTerminal({ env });
  const code = await run(line, terminal);
  return { code, ...terminal.written() };
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function fullName(command: Command): string[] {
  return command.parent ? [...fullName(command.parent), command.name()] : [];
}

const connect = ['tenant', 'connect', 'Contoso', '--tenant-id', 't', '--client-id', 'c'];

describe('wrong usage', () => {
  it.each([
    { line: ['bogus'], says: "Unknown command 'bogus'" },
    { line: ['tenant', 'lisst'], says: 'Did you mean list?' },
    { line: ['cloud-sync', 'run', '--ful'], says: 'Did you mean --full?' },
    { line: ['cloud-sync', 'status', '-o', 'xml'], says: 'Allowed choices are table, json, csv' },
    { line: ['cloud-sync', 'add', 'Pilot'], says: "Required option '--group <name|id>' not specified" },
    { line: ['collection', 'create', 'Pilot'], says: "Required option '--type <type>' not specified" },
    { line: ['collection', 'create', 'Pilot', '--type', 'phone'], says: 'Allowed choices are device, user' },
    { line: ['collection', 'show'], says: "Missing required argument 'collection'" },
    { line: ['collection', 'list', '--limit', 'many'], says: 'whole number' },
    { line: ['collection', 'list', 'extra'], says: 'Too many arguments' },
    { line: ['tenant', 'set', 'Contoso', '--group-sync', 'yes'], says: 'It must be on or off' },
    { line: ['--server', 'ftp://x', 'tenant', 'list'], says: 'It must be an address' },
    { line: ['--server', 'http://x', '--data', 'y', 'tenant', 'list'], says: 'cannot be used with' },
    { line: [...connect, '--managed-identity', '--certificate', 'f'], says: 'cannot be used with' },
    {
      line: ['collection', 'add-rule', 'P', '--include', 'A', '--exclude', 'B'],
      says: 'cannot be used with',
    },
  ])('ends with 2 and two lines that help: $line', async ({ line, says }) => {
    const { code, stdout, stderr } = await outcome(line);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stderr).toContain('--help');
  });

  it('is told as JSON where JSON was asked for', async () => {
    const { code, stderr } = await outcome(['collection', 'create', 'Pilot', '-o', 'json']);
    expect(code).toBe(2);
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'usage', message: expect.stringContaining('--type'), hint: expect.any(String) },
    });
  });

  it('without any command shows what there is, on stderr', async () => {
    const { code, stdout, stderr } = await outcome([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('cloud-sync');
  });
});

describe('help', () => {
  const connectNowhere = () => Promise.reject(new Error('help needs no API'));
  const commands = leaves(
    buildProgram(new Session(fakeTerminal(), new AbortController().signal, connectNowhere)),
  ).map(command => fullName(command));

  it.each(commands)('of rollcall %s %s has an example of that very command', async (...words) => {
    const name = words.filter(word => typeof word === 'string');
    const { code, stdout } = await outcome([...name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`$ rollcall ${name.join(' ')}`);
  });

  it('is on stdout and names every group of commands', async () => {
    const { code, stdout } = await outcome(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'tenant',
      'discover',
      'group',
      'resource',
      'collection',
      'cloud-sync',
      'wql',
      'serve',
      'demo',
    ]) {
      expect(stdout).toContain(`\n  ${name}`);
    }
  });
});

describe('a server', () => {
  it('that nobody answers for is told with what to do, and exit 1', async () => {
    const { code, stderr } = await outcome(['--server', 'http://127.0.0.1:9', 'tenant', 'list'], {
      ROLLCALL_TOKEN: 'abc',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The server http:\/\/127\.0\.0\.1:9\/ can not be reached: nobody listens there\.\nCheck/,
    );
  });

  it('needs a token that can go into a header', async () => {
    const { code, stderr } = await outcome(['--server', 'http://127.0.0.1:9', 'tenant', 'list'], {
      ROLLCALL_TOKEN: 'two\nlines',
    });
    expect(code).toBe(1);
    expect(stderr).toContain('ROLLCALL_TOKEN');
  });
});

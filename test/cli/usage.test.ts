import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { CommanderError } from 'commander';
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
    { line: ['serve', '--trusted-proxy', '10.0.0.0/33'], says: 'It must be an address or a network' },
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

/** Parses a line of a shell without doing anything; gives what is wrong with its usage. */
async function wrongIn(line: string): Promise<string | undefined> {
  class Idle extends Session {
    override action() {
      return async () => {};
    }
    override ownServer() {
      return async () => {};
    }
  }
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)?.map(word => word.replaceAll(/["']/g, '')) ?? [];
  const end = words.findIndex(word => ['>', '#', '|'].includes(word));
  const session = new Idle(fakeTerminal(), new AbortController().signal, () => Promise.reject(new Error()));
  try {
    await buildProgram(session).parseAsync(end < 0 ? words : words.slice(0, end), { from: 'user' });
    return undefined;
  } catch (error) {
    return error instanceof CommanderError ? `${line}: ${error.code} ${error.message}` : String(error);
  }
}

describe('every command that is shown', () => {
  const pages = ['README.md', ...readdirSync('docs').map(name => `docs/${name}`)]
    .filter(name => name.endsWith('.md'))
    .map(name => ({ name, text: readFileSync(name, 'utf8').replaceAll(/\\\n\s*/g, '') }));

  it('as an example of help is right as it stands', async () => {
    const program = buildProgram(
      new Session(fakeTerminal(), new AbortController().signal, () => Promise.reject()),
    );
    const examples: string[] = [];
    const collect = (command: Command): void => {
      command.configureOutput({
        writeOut: text => examples.push(...text.matchAll(/^ {2}\$ rollcall (.*)$/gm).map(m => m[1] ?? '')),
      });
      command.outputHelp();
      command.commands.forEach(collect);
    };
    collect(program);
    expect(examples.length).toBeGreaterThan(60);
    expect((await Promise.all(examples.map(wrongIn))).filter(Boolean)).toEqual([]);
  });

  it('in a block of the documentation is right as it stands', async () => {
    const lines = pages.flatMap(({ text }) =>
      [...text.matchAll(/^\$ rollcall (.*)$/gm)].map(m => m[1] ?? ''),
    );
    expect(lines.length).toBeGreaterThan(10);
    expect((await Promise.all(lines.map(wrongIn))).filter(Boolean)).toEqual([]);
  });

  it('in a sentence of the documentation exists, with its options', async () => {
    const groups =
      'tenant|discover|group|resource|collection|cloud-sync|wql|settings|account|token|sign-in|audit';
    const named = new RegExp(`\`(?:rollcall )?((?:${groups}) [^\`]*)\``, 'g');
    const lines = pages.flatMap(({ text }) => [...text.matchAll(named)].map(m => m[1] ?? ''));
    expect(lines.length).toBeGreaterThan(40);
    const wrong = await Promise.all(lines.map(wrongIn));
    // A sentence may leave out what is needed beside what it speaks of.
    expect(wrong.filter(text => /unknownOption|unknownCommand|excessArguments/.test(text ?? ''))).toEqual([]);
  });
});

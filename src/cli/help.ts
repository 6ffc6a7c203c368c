import type { Command } from 'commander';

/**
 * Adds a command with its description and examples.
 * @param usage name and arguments as commander reads them: `show <collection>`
 * @param examples what may follow `rollcall `
 */
export function leaf(
  parent: Command,
  usage: string,
  description: string,
  examples: readonly string[],
): Command {
  return withExamples(parent.command(usage).description(description), examples);
}

/** Adds a command that only holds others. */
export function branch(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description);
}

/** Puts examples under a command's help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  const heading = examples.length > 1 ? 'Examples' : 'Example';
  return command.addHelpText(
    'after',
    `\n${heading}:\n${examples.map(line => `  $ rollcall ${line}`).join('\n')}`,
  );
}

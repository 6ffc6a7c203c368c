import { run } from './cli/index.ts';

// The `rollcall` command. Everything it does is in cli/; here it only meets the process.
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});

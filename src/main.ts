import { keepCompiledCode } from './base/compile-cache.ts';

// The `rollcall` command. Everything it does is in cli/; here it only meets the process.

keepCompiledCode();
const { run } = await import('./cli/index.ts');

// Whoever reads our output may stop doing so (`rollcall … | head`): that is no error.
process.stdout.on('error', error => process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});

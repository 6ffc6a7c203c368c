// Where the engine's thread begins.
import { keepCompiledCode } from '../base/compile-cache.ts';

keepCompiledCode();
await import('./thread.ts');

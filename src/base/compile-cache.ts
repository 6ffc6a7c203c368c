import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Keeps compiled code beside the packages, where nobody else can write: half of what a start takes is loading. Process
 * and threads have to be told each, before they load what is to be kept.
 */
export function keepCompiledCode(): void {
  enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/rollcall'));
}

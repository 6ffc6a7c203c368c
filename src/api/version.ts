import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ name: z.literal('rollcall'), version: z.string() });

/** The version of this Rollcall, from the package it came in: two folders up as source, three when compiled. */
export function packageVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      return manifest.parse(JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'))).version;
    } catch {
      // Not there: it runs from the other layout.
    }
  }
  return 'unknown';
}

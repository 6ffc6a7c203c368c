import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PropertyType } from '../../../src/collections/wql/index.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');
const folder = resolve(process.env.ROLLCALL_SHARED ?? resolve(root, '..', 'shared'), 'wql');

/** Whether the reference data lies beside the repository. */
export const hasShared = existsSync(resolve(folder, 'corpus.jsonl'));

/** A published query. */
export interface CorpusQuery {
  id: string;
  kind: 'device' | 'user';
  suspect: boolean;
  wql: string;
}

/** Queries that the corpus calls sound but that were cut off in the middle of a string or after an operator. */
export const cutOff = new Set(['q0051', 'q0052', 'q0060', 'q0165', 'q0187', 'q0188']);

/** The published queries; empty where they are absent. */
export function readCorpus(): CorpusQuery[] {
  if (!hasShared) return [];
  return readFileSync(resolve(folder, 'corpus.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as CorpusQuery);
}

/** Class → property → type of the SMS Provider; empty where they are absent. */
export function readClasses(): Record<string, Record<string, string>> {
  if (!hasShared) return {};
  return JSON.parse(readFileSync(resolve(folder, 'classes.json'), 'utf8'));
}

/** The provider's name of a type in our words. */
export function propertyType(type: string): { type: PropertyType; isArray: boolean } {
  const isArray = type.endsWith('[]');
  const plain = isArray ? type.slice(0, -2) : type;
  if (plain === 'string' || plain === 'datetime') return { type: plain, isArray };
  return { type: plain === 'bool' ? 'boolean' : 'integer', isArray };
}

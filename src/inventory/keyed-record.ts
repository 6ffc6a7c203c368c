import { fold } from '../base/index.ts';
import type { RecordKey, ResourceRecord } from './record.ts';

/** A sound record with its line and the keys by which it is found. */
export interface KeyedRecord {
  line: number;
  record: ResourceRecord;
  /** Null: keyed by type and name. */
  externalId: string | null;
  /** The name, folded. */
  nameKey: string;
}

/** Works out the keys of a record once. */
export function keyRecord(line: number, record: RecordKey): KeyedRecord {
  return { line, record, externalId: record.externalId?.trim() ?? null, nameKey: fold(record.name.trim()) };
}

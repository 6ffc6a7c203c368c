import { fold } from '../../base/index.ts';
import type { RecordKey, ResourceRecord } from '../record.ts';
import type { PreparedRecord, SoundLine } from './import-line.ts';

/** A sound record with its line and the keys by which it is found. */
export interface KeyedRecord {
  line: number;
  record: ResourceRecord;
  /** Null: keyed by type and name. */
  externalId: string | null;
  /** The name, folded. */
  nameKey: string;
  /** What another thread has made of it. */
  prepared?: PreparedRecord | undefined;
}

/** Works out the keys of a record once. */
export function keyRecord(line: number, record: RecordKey): KeyedRecord {
  return { line, record, externalId: record.externalId?.trim() ?? null, nameKey: fold(record.name.trim()) };
}

/** The same for a line, of which the keys may be known already. */
export function keyLine({ line, record, prepared }: SoundLine): KeyedRecord {
  if (!prepared) return keyRecord(line, record);
  return { line, record, externalId: record.externalId?.trim() ?? null, nameKey: prepared.nameKey, prepared };
}

import type { RecordKey, ResourceRecord } from '../record.ts';
import type { FlatRows } from './flat-rows.ts';

/** A line with a sound record. */
export interface SoundLine {
  line: number;
  record: ResourceRecord;
  bytes?: number;
  /** What another thread has made of the record already; it must say the same as `record`. */
  prepared?: PreparedRecord;
}

/**
 * One line of a source: a record, or why there is none. `line` counts from 1; `bytes` is its size in the file. `means`
 * is there where a refused line could be read so far: a complete import then knows that its resource is not missing.
 */
export type ImportLine = SoundLine | { line: number; error: string; means?: RecordKey; bytes?: number };

/**
 * Lines as another thread has prepared them, in a form that goes from thread to thread at little cost: few objects,
 * and of each record only what a new resource is written from.
 */
export interface PreparedBlock {
  /** Which state of the class registry the rows were made for. */
  version: number;
  records: PreparedHead[];
  /** Rows of class tables and array values; `resource_id`, which comes first, holds the record's place in `records`. */
  tables: FlatRows[];
  /** Lines that are no such records, as they were read. */
  others: ImportLine[];
}

/** A record without its values. A list, since a list costs half of what an object does between threads. */
export type PreparedHead = [
  line: number,
  bytes: number,
  text: string,
  nameKey: string,
  type: ResourceRecord['type'],
  name: string,
  externalId: string | undefined,
  entraDeviceId: string | null | undefined,
  entraUserId: string | null | undefined,
  userPrincipalName: string | null | undefined,
  onPremisesSid: string | null | undefined,
];

/** What has been made of a record elsewhere, as if it were a new resource. */
export interface PreparedRecord {
  version: number;
  block: PreparedBlock;
  /** The record's place in the block. */
  index: number;
  /** The document of the new resource as it is stored. */
  text: string;
  /** The name, folded. */
  nameKey: string;
}

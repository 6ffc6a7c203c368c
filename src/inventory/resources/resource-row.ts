import type { Selectable } from 'kysely';
import { fold } from '../../base/index.ts';
import type { ResourceTable, SqlValue } from '../../store/index.ts';
import type { KeyedRecord } from '../import/keyed-record.ts';
import type { Document, Head } from './document.ts';

/** A stored resource. */
export type StoredResource = Selectable<ResourceTable>;

/** The document of a stored resource. */
export function parseDocument(text: string): Document {
  // Written by this room alone.
  return JSON.parse(text) as Document;
}

/** What names and identifies a stored resource. */
export function headOf(row: StoredResource): Head {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    nameKey: row.name_key,
    externalId: row.external_id,
    entraDeviceId: row.entra_device_id,
    entraUserId: row.entra_user_id,
    userPrincipalName: row.user_principal_name,
    onPremisesSid: row.on_premises_sid,
  };
}

/** The head of a new resource before its first record says more. */
export function newHead(id: number, { record, nameKey }: KeyedRecord): Head {
  return {
    id,
    type: record.type,
    name: record.name,
    nameKey,
    externalId: null,
    entraDeviceId: null,
    entraUserId: null,
    userPrincipalName: null,
    onPremisesSid: null,
  };
}

/** The head after a record: what it names is set, null or blank clears, the rest stays. */
export function mergeHead(before: Head, { record, externalId, nameKey }: KeyedRecord): Head {
  return {
    id: before.id,
    type: before.type,
    name: record.name.trim(),
    nameKey,
    externalId: externalId ?? before.externalId,
    entraDeviceId: objectKey(record.entraDeviceId, before.entraDeviceId),
    entraUserId: objectKey(record.entraUserId, before.entraUserId),
    userPrincipalName: text(record.userPrincipalName, before.userPrincipalName),
    onPremisesSid: text(record.onPremisesSid, before.onPremisesSid)?.toUpperCase() ?? null,
  };
}

/** Whether two heads say the same. */
export function sameHead(a: Head, b: Head): boolean {
  return a.name === b.name && a.externalId === b.externalId && sameIdentity(a, b);
}

/** Whether two heads lead to the same Entra object. */
export function sameIdentity(a: Head, b: Head): boolean {
  return (
    a.entraDeviceId === b.entraDeviceId &&
    a.entraUserId === b.entraUserId &&
    a.userPrincipalName === b.userPrincipalName &&
    a.onPremisesSid === b.onPremisesSid
  );
}

/** The columns of `resource` in the order of `resourceValues`. */
export const resourceColumns = [
  'id',
  'type',
  'name',
  'name_key',
  'source',
  'external_id',
  'entra_device_id',
  'entra_user_id',
  'user_principal_name',
  'upn_key',
  'on_premises_sid',
  'document',
  'seen_import',
  'created_at',
  'updated_at',
] as const;

/** One row of `resource`. */
export function resourceValues(
  head: Head,
  document: string,
  kept: { source: string; seenImport: number | null; createdAt: string; updatedAt: string },
): SqlValue[] {
  const upn = head.userPrincipalName;
  return [
    head.id,
    head.type,
    head.name,
    head.nameKey,
    kept.source,
    head.externalId,
    head.entraDeviceId,
    head.entraUserId,
    upn,
    upn === null ? null : fold(upn),
    head.onPremisesSid,
    document,
    kept.seenImport,
    kept.createdAt,
    kept.updatedAt,
  ];
}

const noObject = '00000000-0000-0000-0000-000000000000';

/** An id of Entra in lower case; the empty GUID that ConfigMgr writes where it knows none is none. */
function objectKey(given: string | null | undefined, before: string | null): string | null {
  const key = text(given, before)?.toLowerCase() ?? null;
  return key === noObject ? null : key;
}

function text(given: string | null | undefined, before: string | null): string | null {
  if (given === undefined) return before;
  const trimmed = given?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

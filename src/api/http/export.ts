import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { csvLine } from '../../base/index.ts';
import { type Route, type RouteName, routes } from '../contract/index.ts';
import { isList } from './thing.ts';

/** Rows read at once. */
const pageRows = 1_000;

const page = z.object({ items: z.array(z.record(z.string(), z.unknown())), next: z.string().nullable() });

/** How a list can be had whole. */
export type ExportFormat = 'csv' | 'ndjson';

/** Whether a request wants a whole list as a file, and in which format. */
export function exportFormat(name: RouteName, request: FastifyRequest): ExportFormat | undefined {
  if (routes[name].method !== 'GET' || !isList(name)) return undefined;
  const query: unknown = request.query;
  const asked = query !== null && typeof query === 'object' && 'format' in query ? query.format : undefined;
  if (asked === 'csv' || asked === 'ndjson') return asked;
  if (asked !== undefined) return undefined;
  const accept = request.headers.accept ?? '';
  if (/^text\/csv\b/.test(accept)) return 'csv';
  return /^application\/x-ndjson\b/.test(accept) ? 'ndjson' : undefined;
}

/**
 * Sends a whole list, a page at a time as the receiver takes it: memory holds one page however long the list is.
 * @param read answers the list's route with other paging
 */
export async function sendList(
  name: RouteName,
  format: ExportFormat,
  reply: FastifyReply,
  read: (paging: { after?: string; limit: number }) => Promise<unknown>,
): Promise<FastifyReply> {
  // The first page before the headers, so that what is wrong with the request is still told as a problem.
  const first = page.parse(await read({ limit: pageRows }));
  const columns = columnsOf(name);
  const text = async function* () {
    if (format === 'csv') yield csvLine(columns);
    for (let at = first; ; at = page.parse(await read({ after: at.next ?? '', limit: pageRows }))) {
      yield at.items.map(row => line(format, columns, row)).join('');
      if (at.next === null) return;
    }
  };
  const type =
    format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8';
  return reply
    .header(
      'content-disposition',
      `attachment; filename="${name.replace(/^list/, '').toLowerCase()}.${format}"`,
    )
    .type(type)
    .serializer((body: unknown) => body as string)
    .send(Readable.from(text()));
}

function line(
  format: ExportFormat,
  columns: readonly string[],
  row: Readonly<Record<string, unknown>>,
): string {
  const fields = columns.map(column => row[column]);
  if (format === 'csv') return csvLine(fields.map(harmless));
  return `${JSON.stringify(Object.fromEntries(columns.map((column, n) => [column, fields[n]])))}\n`;
}

/** A spreadsheet would run what begins like a formula (OWASP, CSV injection); names come from anywhere. */
function harmless(value: unknown): unknown {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/** The fields of a list's rows, in the order of their schema. */
function columnsOf(name: RouteName): string[] {
  const { answer }: Route = routes[name];
  const items = answer instanceof z.ZodObject ? answer.shape.items : undefined;
  const row = items instanceof z.ZodArray ? items.element : undefined;
  return row instanceof z.ZodObject ? Object.keys(row.shape) : [];
}

import type { InventoryRow, RecordKey, ResourceRecord } from '../record.ts';
import { type Document, emptyDocument } from '../resources/document.ts';
import { parseDocument } from '../resources/resource-row.ts';
import type { ImportLine, PreparedBlock, PreparedHead } from './import-line.ts';

/** The lines of a block in the order of the file. */
export function* linesOf(block: PreparedBlock): Generator<ImportLine> {
  const { records, others, version } = block;
  let next = 0;
  for (const [index, head] of records.entries()) {
    const [line, bytes, text, nameKey] = head;
    for (let other = others[next]; other && other.line < line; other = others[next]) {
      yield other;
      next += 1;
    }
    yield {
      line,
      bytes,
      record: new FoldedRecord(head),
      prepared: { version, block, index, text, nameKey },
    };
  }
  yield* others.slice(next);
}

/** A record that reads its values from the document only when somebody asks for them: for most, nobody does. */
class FoldedRecord {
  readonly type: ResourceRecord['type'];
  readonly name: string;
  readonly externalId: RecordKey['externalId'];
  readonly entraDeviceId: string | null | undefined;
  readonly entraUserId: string | null | undefined;
  readonly userPrincipalName: string | null | undefined;
  readonly onPremisesSid: string | null | undefined;
  readonly deleted = false;
  readonly #text: string;
  #document: Document = emptyDocument;

  constructor([, , text, , type, name, externalId, device, user, upn, sid]: PreparedHead) {
    this.#text = text;
    this.type = type;
    this.name = name;
    this.externalId = externalId;
    this.entraDeviceId = device;
    this.entraUserId = user;
    this.userPrincipalName = upn;
    this.onPremisesSid = sid;
  }

  get properties(): Document['properties'] {
    return this.#read().properties;
  }

  get inventory(): Record<string, InventoryRow[]> {
    // Only properties have lists.
    return this.#read().inventory as Record<string, InventoryRow[]>;
  }

  #read(): Document {
    if (this.#document === emptyDocument) this.#document = parseDocument(this.#text);
    return this.#document;
  }
}

// A reader of DER (ITU-T X.690), as much of it as a PFX needs.

/** One element: its tag byte and its content; `bytes` is the whole with its header. */
export interface Der {
  tag: number;
  content: Buffer;
  bytes: Buffer;
}

export const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, explicit0: 0xa0 } as const;

/** The elements that lie one after the other in some bytes. @throws Error when they are not whole */
export function readAll(bytes: Buffer): Der[] {
  const elements: Der[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = readOne(bytes.subarray(at));
    elements.push(element);
    at += element.bytes.length;
  }
  return elements;
}

/** The elements inside one that must have a given tag. */
export function children(element: Der | undefined, tag: number): Der[] {
  return readAll(contentOf(element, tag));
}

/** The content of an element that must be there and have a given tag. */
export function contentOf(element: Der | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new Error(`expected DER tag ${tag}, found ${element?.tag ?? 'nothing'}`);
  return element.content;
}

/** An object identifier in dots. */
export function oidOf(element: Der | undefined): string {
  const bytes = contentOf(element, tags.oid);
  const numbers: number[] = [];
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** A small positive number. */
export function numberOf(element: Der | undefined): number {
  return contentOf(element, tags.integer).reduce((value, byte) => value * 256 + byte, 0);
}

function readOne(bytes: Buffer): Der {
  const tag = bytes[0];
  const short = bytes[1];
  if (tag === undefined || short === undefined) throw new Error('DER ends in the middle');
  const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
  if (short === 0x80 || lengthBytes > 4) throw new Error('DER of indefinite or excessive length');
  const length = short < 0x80 ? short : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) throw new Error('DER ends in the middle');
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(0, start + length) };
}

import {
  type AsnType,
  Constructed,
  fromBER,
  Integer,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
} from 'asn1js';

// What a PFX is written in: BER (ITU-T X.690), of which DER is the form with one way to say each thing. Each function
// throws an Error where a value is not what it must be; what is wrong with a file is told by who reads it.

export type Ber = AsnType;

/** The value that some bytes hold. */
export function decode(bytes: Buffer): Ber {
  const { offset, result } = fromBER(bytes);
  if (offset < 0) throw new Error(`not BER: ${result.error}`);
  return result;
}

/** The values inside a SEQUENCE. */
export function partsOf(value: Ber | undefined): Ber[] {
  if (!(value instanceof Sequence)) throw new Error('a SEQUENCE is missing');
  return value.valueBlock.value as Ber[];
}

/** The value inside an explicit tag. */
export function taggedBy(value: Ber | undefined): Ber {
  const inner = value instanceof Constructed ? (value.valueBlock.value[0] as Ber | undefined) : undefined;
  if (inner) return inner;
  throw new Error('a tagged value is missing');
}

/** The octets of an OCTET STRING, in one piece or in several, also where a tag stands in place of its own. */
export function octetsOf(value: Ber | undefined): Buffer {
  if (value instanceof OctetString) return Buffer.from(value.getValue());
  if (value instanceof Primitive) return Buffer.from(value.valueBlock.valueHexView);
  if (value instanceof Constructed) return Buffer.concat((value.valueBlock.value as Ber[]).map(octetsOf));
  throw new Error('an OCTET STRING is missing');
}

/** An object identifier in dots. */
export function oidOf(value: Ber | undefined): string {
  if (!(value instanceof ObjectIdentifier)) throw new Error('an OBJECT IDENTIFIER is missing');
  return value.getValue();
}

/** A small number. */
export function numberOf(value: Ber | undefined): number {
  if (!(value instanceof Integer)) throw new Error('an INTEGER is missing');
  return value.valueBlock.valueDec;
}

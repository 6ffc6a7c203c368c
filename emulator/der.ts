// The few forms of DER (X.690) that a certificate is written in.

/** One value: its tag, its length, its content. */
export function der(tag: number, content: Buffer): Buffer {
  const length = content.length;
  const bytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

/** SEQUENCE of values already encoded. */
export function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** UTF8String */
export function text(value: string): Buffer {
  return der(0x0c, Buffer.from(value));
}

/** UTCTime, as RFC 5280 asks up to the year 2049, else GeneralizedTime. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\..*/g, '');
  return at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : der(0x18, Buffer.from(`${digits}Z`));
}

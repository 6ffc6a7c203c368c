import { type DestinationStream, type Logger, pino } from 'pino';

const secrets = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.token',
  '*.secret',
  '*.credential',
  '*.password',
  '*.passphrase',
];

/** A log of JSON lines in which secrets are struck out. */
export function createLog(level: string, destination: DestinationStream): Logger {
  return pino({ level, redact: { paths: secrets, censor: '[hidden]' }, base: null }, destination);
}

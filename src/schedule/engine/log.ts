/** Where the server writes what it does. pino has this shape. */
export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export const logLevels = ['info', 'warn', 'error'] as const;

/** Writes nothing. */
export const noLog: Log = { info() {}, warn() {}, error() {} };

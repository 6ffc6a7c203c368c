import type { Client } from '../../api/index.ts';

/** The API as a command has it: over the network, or the application in this process. */
export interface Connection {
  readonly client: Client;
  /** Ends the connections, or the application. */
  close(): Promise<void>;
}

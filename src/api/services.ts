import type { Clock } from '../base/index.ts';
import type { Secrets } from '../directory/index.ts';
import type { Directories, Engine, Log } from '../schedule/index.ts';
import type { Store } from '../store/index.ts';
import type { Attempts } from './auth/attempts.ts';
import type { Passwords } from './auth/passwords.ts';
import type { Changes } from './changes.ts';
import type { SignIns } from './sign-ins.ts';

/** What the routes work with. */
export interface Services {
  store: Store;
  secrets: Secrets;
  engine: Engine;
  directories: Directories;
  clock: Clock;
  log: Log;
  /** Where imports are spooled. */
  dataDir: string;
  /** Environment of the process: proxy. */
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  /** When the next round of the schedule begins, where this process runs it. */
  nextCycle: () => Date | null;
  /** What is changed through the API. */
  changes: Changes;
  /** Wrong tokens and passwords lately. */
  attempts: Attempts;
  passwords: Passwords;
  /** Users who have signed in to Entra for searching and creating groups. */
  signIns: SignIns;
}

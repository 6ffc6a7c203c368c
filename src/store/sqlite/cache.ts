import type { DatabaseSync } from 'node:sqlite';

/** How much of the database one connection keeps in memory: its usual share, and more while some work asks for it. */
export class Cache {
  readonly #database: DatabaseSync;
  readonly #usual: number;
  readonly #asked: number[] = [];

  /** @param usual in MiB */
  constructor(database: DatabaseSync, usual: number) {
    this.#database = database;
    this.#usual = usual;
    this.#set();
  }

  /** Does a piece of work with a larger cache. Of several at one time, the one that asks for most decides. */
  with = async <T>(mebibytes: number, work: () => Promise<T>): Promise<T> => {
    this.#asked.push(mebibytes);
    this.#set();
    try {
      return await work();
    } finally {
      this.#asked.splice(this.#asked.indexOf(mebibytes), 1);
      this.#set();
    }
  };

  /** Pages beyond a smaller size are given back at once. */
  #set(): void {
    const most = Math.max(this.#usual, ...this.#asked);
    this.#database.exec(`pragma cache_size = -${most * 1024}`);
  }
}

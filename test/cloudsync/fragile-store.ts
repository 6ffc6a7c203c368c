import type { Store } from '../../src/store/index.ts';

/** What dies at a given step: a process, as its store and its directory see it. */
export class Process {
  #stepsLeft: number;
  constructor(steps: number) {
    this.#stepsLeft = steps;
  }

  get dead(): boolean {
    return this.#stepsLeft <= 0;
  }

  /** One step nearer to the end. @throws once the process is dead */
  step = (): void => {
    if (this.dead) throw new Error('the process is dead');
    this.#stepsLeft -= 1;
    if (this.dead) throw new Error('the process dies');
  };
}

/** The same store, as a process sees it that may die at any use of it; before a change is made, or right after. */
export function fragile(store: Store, { step }: Process): Store {
  return {
    get db() {
      step();
      return store.db;
    },
    dialect: store.dialect,
    transaction: async work => {
      step();
      const result = await store.transaction(work);
      step();
      return result;
    },
    close: () => store.close(),
  };
}

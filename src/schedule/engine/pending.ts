import { Problem } from '../../base/index.ts';

/** Questions on their way to another thread, by number, until their answers are back. */
export class Pending<T> {
  readonly #waiting = new Map<number, PromiseWithResolvers<T>>();
  #last = 0;

  /**
   * Sends a question under a new number and waits for its answer.
   * @throws the signal's reason when it is aborted first; `forget` is then called
   */
  async ask(
    send: (number: number) => void,
    forget: (number: number) => void,
    signal: AbortSignal,
  ): Promise<T> {
    signal.throwIfAborted();
    this.#last += 1;
    const number = this.#last;
    const waiting = Promise.withResolvers<T>();
    this.#waiting.set(number, waiting);
    const abort = () => {
      forget(number);
      waiting.reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      send(number);
      return await waiting.promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#waiting.delete(number);
    }
  }

  answer(number: number, value: T): void {
    this.#waiting.get(number)?.resolve(value);
  }

  refuse(number: number, problem: unknown): void {
    this.#waiting.get(number)?.reject(problem);
  }

  /** Tells all who wait that there will be no answer. */
  breakOff(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(brokenOff());
  }
}

/** The problem of a question that the other thread did not live to answer. */
export function brokenOff(): Problem {
  return new Problem(
    'conflict',
    'engine-ended',
    'The engine ended before it had an answer.',
    'Ask again in a moment; if it goes on, look at the log of the server.',
  );
}

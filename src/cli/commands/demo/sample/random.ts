/** Chance that can be repeated: the same seed gives the same site on every machine. */
export interface Random {
  /** A number from 0 up to, and without, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** True in `part` of all cases, from 0 to 1. */
  chance(part: number): boolean;
  /** One of several. */
  pick<T>(of: readonly [T, ...T[]]): T;
  /** One of several by their weights. */
  weighted<T extends { weight: number }>(of: readonly [T, ...T[]]): T;
  /** A UUID of version 4's shape. */
  uuid(): string;
}

/** Marsaglia's xorshift with 32 bits; good enough for invented machines, of no use for secrets. */
export function seeded(seed: number): Random {
  let state = seed | 0 || 1;
  const bits = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const next = () => bits() / 2 ** 32;
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const hex = (digits: number) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join('');
  return {
    next,
    whole,
    chance: part => next() < part,
    pick: of => of[Math.floor(next() * of.length)] ?? of[0],
    weighted: of => {
      let left = next() * of.reduce((sum, { weight }) => sum + weight, 0);
      for (const each of of) {
        left -= each.weight;
        if (left < 0) return each;
      }
      return of[0];
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[whole(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}

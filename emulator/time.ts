/** Where the emulator reads the time; any clock with a `now` will do. */
export interface EmulatorClock {
  /** The present instant. */
  now(): Date;
}

/** Time as the emulated tenant sees it: instants are the clock's, documented durations may pass faster. */
export interface EmulatedTime {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** The instant as Graph writes it: `2026-11-23T10:00:00Z`. */
  text(): string;
  /** How many milliseconds a documented duration of `ms` milliseconds lasts here. */
  lasts(ms: number): number;
}

/**
 * Makes the emulator's time from a clock and a speed (1: as documented; 100: a quota window of 150 s lasts 1.5 s).
 * Only durations that Microsoft counts (quotas, staleness, life of delta tokens) are sped up; tokens are not.
 */
export function emulatedTime(clock: EmulatorClock, speed: number): EmulatedTime {
  if (!(speed > 0)) throw new RangeError(`speed must be above 0, not ${speed}`);
  return {
    now: () => clock.now().getTime(),
    text: () => graphTime(clock.now()),
    lasts: ms => ms / speed,
  };
}

/** An instant as Graph writes it, in whole seconds. */
export function graphTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

import { z } from 'zod';

// What a benchmark tells of its measurements: a line of JSON on stdout each, which bench/main.ts makes a table of.

/** A figure that a measurement is held against. */
const figure = z.strictObject({
  /** As design and issue state it: "over 20,000 devices/s". */
  text: z.string(),
  met: z.boolean(),
});
export type Figure = z.infer<typeof figure>;

export const row = z.strictObject({
  /** What was measured: "full evaluation". */
  what: z.string(),
  /** How many of what: 100000 "devices". */
  count: z.number(),
  unit: z.string(),
  /** Time that passed; where a clock was sped up, on that clock. */
  seconds: z.number(),
  /** Processor time of the whole process, all threads. */
  processorSeconds: z.number(),
  /** So many of them a second, where that says something. */
  rate: z.number().optional(),
  /** Requests as Graph counts them: each part of a batch is one. */
  requests: z.number().optional(),
  /** Calls over the network. */
  calls: z.number().optional(),
  /** Requests answered 429. */
  refused: z.number().optional(),
  /** The most memory that the process has had until then, MiB. */
  peakMiB: z.number(),
  /** Anything else worth knowing: "12 joined". */
  note: z.string().optional(),
  figures: z.array(figure).default([]),
});
export type Row = z.infer<typeof row>;

/** What a piece of work took. */
export interface Measured<T> {
  result: T;
  seconds: number;
  processorSeconds: number;
  /** The most memory that this process has had so far, MiB. */
  peakMiB: number;
}

/** Does a piece of work and measures it. `what` is told on stderr, so that one sees where things are. */
export async function measure<T>(what: string, work: () => T | Promise<T>): Promise<Measured<T>> {
  progress(what);
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { result, seconds, processorSeconds: (user + system) / 1e6, peakMiB: peakMiB() };
}

/** The most memory that this process has had so far, MiB. */
export function peakMiB(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Tells a measurement. */
export function tell(
  what: string,
  [count, unit]: [count: number, unit: string],
  { seconds, processorSeconds, peakMiB }: Omit<Measured<unknown>, 'result'>,
  more: Pick<Row, 'rate' | 'requests' | 'calls' | 'refused' | 'note'> & { figures?: Figure[] } = {},
): void {
  const told: z.input<typeof row> = { what, count, unit, seconds, processorSeconds, peakMiB, ...more };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

/** Tells where a benchmark is. */
export function progress(text: string): void {
  process.stderr.write(`  ${text} …\n`);
}

/**
 * A figure with an upper limit: "under 10 s".
 * @param part what part of the full size the measured work had: the limit is as much smaller
 */
export function under(value: number, limit: number, unit: string, part = 1): Figure {
  const whole = part === 1 ? '' : ` (${count(limit)} ${unit} at full size)`;
  return { text: `under ${count(limit * part)} ${unit}${whole}`, met: value < limit * part };
}

/** A figure with an upper limit that may be reached: "at most 60 calls". */
export function atMost(value: number, limit: number, unit: string): Figure {
  return { text: `at most ${count(limit)} ${unit}`, met: value <= limit };
}

/** A figure with a lower limit: "over 20,000 devices/s". */
export function over(value: number, limit: number, unit: string): Figure {
  return { text: `over ${count(limit)} ${unit}`, met: value > limit };
}

/** A figure that is to be met to the number: "500 PATCHes". */
export function exactly(value: number, wanted: number, unit: string): Figure {
  return { text: `${count(wanted)} ${unit}`, met: value === wanted };
}

/** A number as people write it: 20,000. */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });
}

/** How much may be had at once, and how fast it comes back. */
export interface Rate {
  capacity: number;
  perMs: number;
}

/** A token bucket at an instant. The level may be below zero: then that much is owed first. */
export interface Bucket {
  level: number;
  /** Milliseconds since 1970. */
  at: number;
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { level: rate.capacity, at: now };
}

/** The bucket as it is at `now`. */
export function refilled(bucket: Bucket, rate: Rate, now: number): Bucket {
  const passed = Math.max(0, now - bucket.at);
  return { level: Math.min(rate.capacity, bucket.level + passed * rate.perMs), at: Math.max(now, bucket.at) };
}

/** Takes some out, whether it is there or not. */
export function taken(bucket: Bucket, rate: Rate, amount: number, now: number): Bucket {
  const { level, at } = refilled(bucket, rate, now);
  return { level: level - amount, at };
}

/** Milliseconds until `amount` is there; 0 when it is. More than the capacity is there when the bucket is full. */
export function waitFor(bucket: Bucket, rate: Rate, amount: number, now: number): number {
  const lacking = Math.min(amount, rate.capacity) - refilled(bucket, rate, now).level;
  return lacking <= 0 ? 0 : Math.ceil(lacking / rate.perMs);
}

/** The bucket with no more than `level` in it. */
export function lowered(bucket: Bucket, rate: Rate, level: number, now: number): Bucket {
  const present = refilled(bucket, rate, now);
  return { level: Math.min(present.level, level), at: present.at };
}

import { z } from 'zod';

const names = z.array(z.string()).optional();

/** What each kind of job is asked to do. The arguments are kept with the job, as JSON. */
export const jobArguments = {
  /** Reads a file that the server has spooled, and deletes it when the job has ended. */
  import: z.object({
    file: z.string(),
    format: z.enum(['ndjson', 'csv']),
    source: z.string(),
    complete: z.boolean(),
    approve: z.boolean(),
  }),
  /** Absent tenant: all that have discovery switched on. */
  discover: z.object({ tenant: z.string().optional(), full: z.boolean(), approve: z.boolean() }),
  /** Absent collections: all. `discover`: first what is due of Entra, as before a run. */
  evaluate: z.object({ collections: names, full: z.boolean(), discover: z.boolean().optional() }),
  /** Discovery where it is due, evaluation, then the groups of these collections (absent: all mapped ones). */
  synchronize: z.object({
    collections: names,
    group: z.string().optional(),
    full: z.boolean(),
    approve: z.boolean(),
    /** The number of the held plan that is approved. */
    plan: z.number().optional(),
  }),
  /** One resource through to the groups of a collection. */
  member: z.object({ collection: z.string(), group: z.string().optional(), member: z.string() }),
  /** A group back to before a run, by the digest of what was shown. */
  undo: z.object({
    collection: z.string(),
    group: z.string().optional(),
    run: z.number().optional(),
    digest: z.string(),
  }),
  /** The same for everything, with the collections whose schedule has come evaluated in full. */
  cycle: z.object({}),
  /** Groups that have too much to do for a round of the schedule, by the ids of their target groups. */
  backlog: z.object({ targets: z.array(z.number()) }),
};

export type JobKind = keyof typeof jobArguments;
export type JobArguments<K extends JobKind> = z.output<(typeof jobArguments)[K]>;

/** All kinds, for loops and checks. */
export const jobKinds = Object.keys(jobArguments) as JobKind[];

/** A job to be submitted: a kind with the arguments of that kind. */
export type JobRequest = { [K in JobKind]: { kind: K; arguments: JobArguments<K> } }[JobKind];

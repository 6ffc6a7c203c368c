/** A benchmark: a file that is run in a process of its own, with its size as argument. */
export interface Benchmark {
  name: string;
  /** What it is about, for the heading. */
  title: string;
  file: string;
  /** It is the engine's work, and is done as the engine does it: in a thread with limits. */
  inEngine?: true;
  /** The unit of its size. */
  unit: string;
  /** The size of design and issue, and that of a run in between. */
  full: number;
  usual: number;
}

/** All of them, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'import',
    title: 'Import of devices with five inventory rows each',
    file: 'import.ts',
    inEngine: true,
    unit: 'devices',
    full: 1_000_000,
    usual: 100_000,
  },
  {
    name: 'evaluation',
    title: 'Evaluation, one incremental collection to a hundred devices, a fifth with query rules',
    file: 'evaluation.ts',
    inEngine: true,
    unit: 'devices',
    full: 1_000_000,
    usual: 100_000,
  },
  {
    name: 'discovery',
    title: 'Discovery of devices and users that another source has brought',
    file: 'discovery.ts',
    inEngine: true,
    unit: 'objects',
    full: 500_000,
    usual: 50_000,
  },
  {
    name: 'discovery-entra',
    title: 'Discovery of devices and users that become resources',
    file: 'discovery-entra.ts',
    inEngine: true,
    unit: 'objects',
    full: 500_000,
    usual: 50_000,
  },
  {
    name: 'plan',
    title: 'Plan of a group',
    file: 'plan.ts',
    inEngine: true,
    unit: 'members',
    full: 200_000,
    usual: 200_000,
  },
  {
    name: 'large-group',
    title: 'Runs of one large group',
    file: 'large-group.ts',
    inEngine: true,
    unit: 'members',
    full: 200_000,
    usual: 20_000,
  },
  {
    name: 'mappings',
    title: 'An idle round over many mappings, and their status',
    file: 'mappings.ts',
    unit: 'mappings',
    full: 5_000,
    usual: 5_000,
  },
  {
    name: 'cycle',
    title: 'The 5-minute cycle of a server with 200 mappings',
    file: 'cycle.ts',
    unit: 'devices',
    full: 100_000,
    usual: 10_000,
  },
  {
    name: 'console',
    title: 'The console in a browser, on many mappings of 200 members',
    file: 'console.ts',
    unit: 'mappings',
    full: 10_000,
    usual: 10_000,
  },
  {
    name: 'writer',
    title: 'Members into a group and out of it',
    file: 'writer.ts',
    unit: 'members under quotas',
    full: 10_000,
    usual: 4_000,
  },
];

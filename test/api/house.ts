import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Job } from '../../src/api/index.ts';
import { type Application, openApplication } from '../../src/api/index.ts';

/** A data folder of its own, gone with the test. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The application on a data folder (a new one unless given), closed with the test. */
export async function application(dataDir?: string): Promise<Application & { dataDir: string }> {
  const folder = dataDir ?? (await dataFolder());
  const opened = await openApplication({ dataDir: folder, env: {} });
  onTestFinished(() => opened.close());
  return { ...opened, dataDir: folder };
}

/** Waits for the end of a job. */
export async function finished(
  { client }: Pick<Application, 'client'>,
  { id }: { id: string },
): Promise<Job> {
  for (;;) {
    const job = await client.call('getJob', { params: { id }, query: { wait: 10 } });
    if (job.state !== 'queued' && job.state !== 'running') return job;
  }
}

/** Imports records and waits for the end. */
export async function imported(application: Pick<Application, 'client'>, records: object[], query = {}) {
  const body = records.map(record => JSON.stringify(record)).join('\n');
  const job = await application.client.call('importResources', { query, body });
  return await finished(application, job);
}

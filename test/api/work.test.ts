import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { jobResult } from '../../src/api/index.ts';
import { application, finished, imported } from './house.ts';

describe('long work through the API', () => {
  it('imports resources, evaluates a collection and lists its members', async () => {
    const app = await application();
    const job = await imported(app, [
      { type: 'device', name: 'A' },
      { type: 'device', name: 'B' },
      { type: 'user', name: 'CONTOSO\\ann' },
    ]);
    expect(jobResult(job, 'import')).toMatchObject({ created: 3, rejected: 0 });
    expect(await readdir(join(app.dataDir, 'spool'))).toEqual([]);

    const created = await app.client.call('createCollection', { body: { name: 'PCs', type: 'device' } });
    const { rules } = await app.client.call('addRule', {
      params: { ref: 'PCs' },
      body: { kind: 'direct', resources: ['A'] },
    });
    expect(rules).toMatchObject([{ kind: 'direct', name: 'A' }]);
    const evaluation = await finished(app, await app.client.call('evaluate', { body: {} }));
    expect(jobResult(evaluation, 'evaluate').evaluated).toContainEqual(
      expect.objectContaining({ id: created.id, joined: 1, members: 1 }),
    );
    const members = await app.client.call('listCollectionMembers', { params: { ref: 'PCs' } });
    expect(members).toMatchObject({ items: [{ name: 'A' }], next: null });
  });

  it('tells a broken import line by its number and takes in the rest', async () => {
    const app = await application();
    const body = '{"type":"device","name":"A"}\nnot json\n{"type":"device","name":"B"}\n';
    const job = await finished(app, await app.client.call('importResources', { body }));
    expect(jobResult(job, 'import')).toMatchObject({
      created: 2,
      rejected: 1,
      errors: [{ line: 2, message: expect.any(String) }],
    });
  });

  it('takes a file as it streams, also CSV', async () => {
    const app = await application();
    const lines = Readable.from([Buffer.from('type,name\n'), Buffer.from('device,A\ndevice,B\n')]);
    const job = await app.client.call('importResources', { query: { format: 'csv' }, body: lines });
    expect(jobResult(await finished(app, job), 'import')).toMatchObject({ created: 2 });
  });

  it('keeps jobs, and lists the newest first by pages', async () => {
    const app = await application();
    const first = await finished(app, await app.client.call('evaluate', { body: {} }));
    const second = await finished(app, await app.client.call('evaluate', { body: { full: true } }));
    const page = await app.client.call('listJobs', { query: { limit: 1 } });
    expect(page.items.map(job => job.id)).toEqual([second.id]);
    const rest = await app.client.call('listJobs', { query: { limit: 1, after: page.next ?? '' } });
    expect(rest).toMatchObject({ items: [{ id: first.id, state: 'succeeded', requestedBy: 'first start' }] });
    expect(rest.next).toBeNull();
  });

  it('tells a job that nobody knows', async () => {
    const app = await application();
    await expect(app.client.call('getJob', { params: { id: 'x' } })).rejects.toMatchObject({
      code: 'job-not-found',
    });
  });

  it('refuses work on a collection that does not exist before it becomes a job', async () => {
    const app = await application();
    await expect(app.client.call('evaluate', { body: { collections: ['nowhere'] } })).rejects.toMatchObject({
      code: 'collection-not-found',
    });
    expect((await app.client.call('listJobs', {})).items).toEqual([]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../../src/base/index.ts';
import {
  heldPlans,
  mappingStatus,
  pushMember,
  refusePlan,
  showUndo,
  synchronize,
  undo,
} from '../../src/cloudsync/index.ts';
import { fragile, Process } from './fragile-store.ts';
import { type Kind, Model } from './model.ts';
import { Site } from './site.ts';

const group = '11111111-1111-4111-8111-111111111111';
const resources = ['R0', 'R1', 'R2', 'R3', 'R4'];
const strangers = ['S0', 'S1'];
const day = 86_400_000;

type Step =
  | { do: 'join' | 'leave'; collection: 'X' | 'Y'; resource: string }
  | { do: 'foreign add' | 'foreign remove'; who: string }
  | { do: 'new identity'; resource: string; dropOld: boolean }
  | { do: 'vanish'; resource: string }
  | { do: 'refuse' | 'allow'; who: string }
  | { do: 'refuse plan' }
  | { do: 'push'; resource: string }
  | { do: 'run'; kind: Kind; fault: Fault | null; approve: boolean; undo: boolean; after: number };

type Fault = { how: 'crash' | 'graph fails'; after: number };

const resource = fc.constantFrom(...resources);
const who = fc.constantFrom(...resources, ...strangers);
const collection = fc.constantFrom('X', 'Y');
const kind = fc.constantFrom<Kind>('full', 'incremental');
const fault = fc.record({
  how: fc.constantFrom('crash', 'graph fails'),
  after: fc.integer({ min: 1, max: 60 }),
});
const run = fc.record({
  do: fc.constant('run'),
  kind,
  fault: fc.option(fault, { freq: 2 }),
  approve: fc.boolean(),
  undo: fc.boolean(),
  // Long enough for whatever failed to be due, for lists to be true and for a dead process to lose its lease; at times
  // too long for what Entra goes on telling.
  after: fc.constantFrom(1.1 * day, 1.1 * day, 1.1 * day, 8 * day),
});
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('join', 'join', 'leave'), collection, resource }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('foreign add', 'foreign remove'), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new identity'), resource, dropOld: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('vanish'), resource }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('refuse', 'allow'), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('push'), resource }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refuse plan') }) },
  { weight: 5, arbitrary: run },
) as fc.Arbitrary<Step>;

it('leaves group and statuses as the model says, whatever happens between and in the middle of runs', async () => {
  let followed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async steps => {
      const world = await World.open();
      try {
        for (const one of steps) await world.do(one);
        await world.do({ do: 'run', kind: 'full', fault: null, approve: false, undo: false, after: day });
        followed += world.site.entra.asked.changes;
      } finally {
        await world.site.close();
      }
    }),
    { numRuns: Number(process.env.ROLLCALL_RUNS ?? 60), endOnFailure: false },
  );
  expect(followed).toBeGreaterThan(0);
}, 300_000);

/** The model and the real thing, kept side by side. */
class World {
  readonly site: Site;
  readonly model = new Model();
  #renewals = 0;
  #lastRun: number | null = null;

  private constructor(site: Site) {
    this.site = site;
  }

  static async open(): Promise<World> {
    // Large by the number of answers, so that full runs follow the group by what changed.
    const world = new World(await Site.open(':memory:', { fewestPages: 4 }));
    const { site, model } = world;
    for (const name of [...resources, ...strangers]) await site.resource(name);
    for (const name of resources) {
      model.identities.set(name, name);
      model.objects.add(name);
    }
    for (const name of strangers) model.objects.add(name);
    site.entra.put(group, ['S0', 'R0']);
    model.group.add('S0').add('R0');
    await site.collection('X');
    await site.collection('Y');
    await site.map('X', group);
    await site.map('Y', group);
    return world;
  }

  async do(step: Step): Promise<void> {
    const { site, model } = this;
    switch (step.do) {
      case 'join':
      case 'leave': {
        const members = model.collections[step.collection];
        if (members.has(step.resource) === (step.do === 'join')) return;
        await site[step.do](step.collection, step.resource);
        if (step.do === 'join') members.add(step.resource);
        else members.delete(step.resource);
        return;
      }
      case 'foreign add':
      case 'foreign remove': {
        const object = model.identities.get(step.who) ?? step.who;
        if (!model.objects.has(object)) return;
        site.entra.foreign(group, step.do === 'foreign add' ? 'add' : 'remove', object);
        if (step.do === 'foreign add') model.group.add(object);
        else model.group.delete(object);
        return;
      }
      case 'new identity': {
        this.#renewals += 1;
        const object = `${step.resource}-${this.#renewals}`;
        const old = model.identities.get(step.resource);
        await site.identify(step.resource, object, { dropOld: step.dropOld });
        if (old && step.dropOld) this.#drop(old);
        model.identities.set(step.resource, object);
        model.objects.add(object);
        return;
      }
      case 'vanish': {
        const old = model.identities.get(step.resource);
        if (old === undefined) return;
        await site.identify(step.resource, null, { dropOld: true });
        model.identities.delete(step.resource);
        this.#drop(old);
        return;
      }
      case 'refuse':
      case 'allow': {
        const object = model.identities.get(step.who) ?? step.who;
        if (step.do === 'allow') {
          model.refused.delete(object);
          site.entra.failing.delete(object);
        } else {
          model.refused.add(object);
          site.entra.failing.set(object, {
            code: 'Authorization_RequestDenied',
            message: 'Insufficient privileges to complete the operation.',
            kind: 'forbidden',
          });
        }
        return;
      }
      case 'refuse plan': {
        const [plan] = await heldPlans(site.store, 'X');
        if (!plan || plan.refusal) return;
        await refusePlan(site.store, plan.id, { by: 'test' }, site.work);
        model.refuse();
        return;
      }
      case 'push':
        await this.#push(step.resource);
        return;
      case 'run':
        await this.#run(step);
    }
  }

  #drop(object: string) {
    this.model.objects.delete(object);
    this.model.group.delete(object);
  }

  async #run({ kind, fault, approve, undo, after }: Extract<Step, { do: 'run' }>) {
    const { site, model } = this;
    site.clock.pass(after);
    if (fault) await this.#breakOff(kind, fault);
    // The run that broke off may have held a plan that nobody has seen yet.
    await this.#runWell(kind, approve && !fault);
    await this.#isAsTheModelSays();
    // What a run that broke off has done is not the work of the one that ends it; and a full one would come next.
    if (!undo || fault || this.#lastRun === null || model.held === 'full') return;
    await this.#undo(this.#lastRun);
    await this.#isAsTheModelSays();
  }

  async #isAsTheModelSays() {
    const { site, model } = this;
    expect(site.entra.members(group)).toEqual([...model.group].sort());
    for (const name of ['X', 'Y'] as const) {
      const [status] = await mappingStatus(site.store, { collections: [name] });
      expect(status).toMatchObject(model.status(name));
    }
    const written = site.entra.written.length;
    await site.runOne({ full: false });
    expect(site.entra.written.slice(written)).toEqual([]);
  }

  /** Takes back the run that the model has made last. */
  async #undo(run: number) {
    const { site, model } = this;
    const request = { collection: 'X', run };
    const { digest } = await showUndo(site.store, site.directories, request, site.work);
    const approved = { ...request, digest, requestedBy: 'test' };
    await undo(site.store, site.directories, approved, site.work);
    model.undo();
  }

  async #push(name: string) {
    const { site, model } = this;
    const isPlain = model.identities.get(name) === name && !model.refused.has(name);
    if (!isPlain) return;
    const request = { collection: 'X', resourceId: await site.resource(name), requestedBy: 'test' };
    const identify = async () => ({ step: 'identity', outcome: 'ok', text: '' }) as const;
    // Of a member that Entra has confirmed within the last half minute nothing is sent, whatever others have done since.
    site.clock.pass(31_000);
    await pushMember(site.store, site.directories, identify, request, site.work);
    model.push(name);
    expect(site.entra.members(group)).toEqual([...model.group].sort());
  }

  async #runWell(kind: Kind, approve: boolean) {
    const before = await this.#latest();
    const result = await this.site.runOne({ full: kind === 'full', approve });
    expect(result.problem).toBeNull();
    expect(result.held !== null).toBe(this.model.run(kind, approve));
    const latest = await this.#latest();
    // A run with nothing to send is not on record.
    this.#lastRun = latest === before ? null : latest;
  }

  async #latest(): Promise<number | null> {
    const { id } = await this.site.store.db
      .selectFrom('sync_run')
      .select(({ fn }) => fn.max('id').as('id'))
      .executeTakeFirstOrThrow();
    return id;
  }

  /** A run that does not get to its end. */
  async #breakOff(kind: Kind, { how, after }: Fault) {
    const { site } = this;
    const life = new Process(after);
    const store = how === 'crash' ? fragile(site.store, life) : site.store;
    site.entra.interrupt = () => {
      if (how === 'crash') life.step();
      else if (!life.dead) {
        try {
          life.step();
        } catch {
          throw new Problem('upstream', 'unreachable', 'Entra does not answer.', 'Look at the network.');
        }
      }
    };
    const options = { full: kind === 'full', approve: false, requestedBy: 'test' };
    await synchronize(store, site.directories, options, site.work).catch(() => {});
    site.entra.interrupt = () => {};
    site.clock.pass(day);
  }
}

// Members into a group and out of it, on an emulated tenant: by Rollcall, by ten workers with batches, one by one.
import { systemClock } from '../src/base/index.ts';
import { fastClock } from '../test/directory/support.ts';
import { atMost, exactly, type Figure, over, tell, under } from './report.ts';
import { sizeGiven } from './surroundings.ts';
import { type Contest, type Contestant, compete, contestants, type Task } from './writer/contest.ts';

/** How many members under the quotas; more than the 3,000 writes that they allow at once. */
const underQuotas = sizeGiven();
/** So much faster does time pass for tenant and writer where quotas are waited for. */
const speed = 20;
/** The documented write quota of an app in a tenant: at once, and for each second from then on. */
const quota = { atOnce: 3_000, perSecond: 20 };

type Figures = (contest: Contest, task: Task) => Figure[];
const all: readonly Contestant[] = [contestants.rollcall, contestants.tenWorkers, contestants.oneByOne];

await freely({ action: 'add', count: 10_000 }, ({ counters }) => [
  exactly(counters.byKind['PATCH groups/:id'] ?? 0, 500, 'PATCHes'),
  atMost(counters.httpCalls, 60, 'calls'),
]);
await freely({ action: 'remove', count: 2_000 }, ({ counters }) => [
  exactly(counters.byKind['DELETE groups/:id/members/:id/$ref'] ?? 0, 2_000, 'DELETEs'),
  atMost(counters.httpCalls, 110, 'calls'),
]);
await throttled({ action: 'add', count: underQuotas }, refusedSeldom);
await throttled({ action: 'remove', count: underQuotas }, contest => [
  over(100 * quotaUsed(contest), 95, '% of the quota'),
  ...refusedSeldom(contest),
]);

/** Without quotas, in real time. */
async function freely(task: Task, figures: Figures): Promise<void> {
  for (const contestant of all) {
    const contest = await compete(contestant, task, systemClock, { throttling: false });
    show(contestant, task, contest, '', contestant === contestants.rollcall ? figures(contest, task) : []);
  }
}

/** Under the documented quotas, in time that is sped up. */
async function throttled(task: Task, figures: Figures): Promise<void> {
  for (const contestant of all) {
    const contest = await compete(contestant, task, fastClock(speed), {});
    const isOurs = contestant === contestants.rollcall;
    show(contestant, task, contest, 'under quotas', isOurs ? figures(contest, task) : []);
  }
}

function show({ name }: Contestant, task: Task, contest: Contest, how: string, figures: Figure[]): void {
  const { counters } = contest;
  const what = `${task.action === 'add' ? 'additions' : 'removals'}${how ? ` ${how}` : ''}: ${name}`;
  const { requests, httpCalls: calls, refused } = counters;
  const note = how ? `${(100 * quotaUsed(contest)).toFixed(1)} % of the write quota` : undefined;
  tell(what, [task.count, 'members'], contest, {
    rate: task.count / contest.seconds,
    requests,
    calls,
    refused,
    figures,
    ...(note ? { note } : {}),
  });
}

/** Writes that were let through, as a part of those that the quota allowed in the time. */
function quotaUsed({ counters, seconds }: Contest): number {
  return (counters.writes - counters.refused) / (quota.atOnce + quota.perSecond * seconds);
}

function refusedSeldom({ counters }: Contest): Figure[] {
  return [under((100 * counters.refused) / counters.requests, 1, '% refused')];
}

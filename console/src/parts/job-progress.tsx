import { ProgressBar, Text } from '@fluentui/react-components';
import type { Job } from '../../../src/api/contract/index.ts';

/** How far a job is, in words. */
export function progressText({ state, progress }: Pick<Job, 'state' | 'progress'>): string {
  if (state === 'queued' || !progress) return 'Waiting for its turn';
  const { phase, done, total, unit } = progress;
  if (done === 0 && total === undefined) return phase;
  const of = total === undefined ? '' : ` of ${total.toLocaleString()}`;
  return `${phase}: ${done.toLocaleString()}${of}${unit ? ` ${unit}` : ''}`;
}

/** A job that was started here, moving as it goes. */
export function JobProgress({ label, job }: { label: string; job: Job }) {
  const { progress } = job;
  return (
    <div role="status" style={{ display: 'grid', gap: 6 }}>
      <Text size={200}>{progressText(job)}</Text>
      <ProgressBar
        aria-label={label}
        {...(progress?.total ? { value: progress.done, max: progress.total } : {})}
      />
    </div>
  );
}

import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import { PlugDisconnectedRegular } from '@fluentui/react-icons';
import type { JobKind } from '../../../src/api/contract/index.ts';
import { progressText } from '../parts/job-progress.tsx';
import { type Connection, useRunningJobs } from '../parts/live.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    flexShrink: 0,
    height: '24px',
    padding: `0 ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground3,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  job: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
  progress: { width: '160px', flexShrink: 0 },
  connection: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

const names: Record<JobKind, string> = {
  import: 'Import',
  discover: 'Discovery',
  evaluate: 'Update Membership',
  synchronize: 'Synchronize Membership',
  member: 'Synchronize one member',
  undo: 'Undo',
  cycle: 'Scheduled synchronization',
  backlog: 'Scheduled synchronization of large groups',
};

/** What is under way, moving as it goes, and whether the console hears of it. */
export function StatusBar({ connection }: { connection: Connection }) {
  const styles = useStyles();
  const jobs = useRunningJobs();
  const job = jobs.find(each => each.state === 'running') ?? jobs[0];
  return (
    <footer className={styles.bar}>
      <div className={styles.job}>
        {job ? (
          <>
            <ProgressBar
              className={styles.progress}
              aria-label={names[job.kind]}
              {...(job.progress?.total ? { value: job.progress.done, max: job.progress.total } : {})}
            />
            <Text size={200} className={styles.text}>
              {names[job.kind]} – {progressText(job)}
            </Text>
            {jobs.length > 1 && <Text size={200}>and {(jobs.length - 1).toLocaleString()} more</Text>}
          </>
        ) : (
          <Text size={200}>Ready</Text>
        )}
        <span role="status" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden' }}>
          {job ? `${names[job.kind]} is under way.` : ''}
        </span>
      </div>
      {connection === 'lost' && (
        <Text size={200} className={styles.connection} role="alert">
          <PlugDisconnectedRegular /> The server does not answer; trying again …
        </Text>
      )}
    </footer>
  );
}

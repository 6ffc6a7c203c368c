import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  DismissCircleFilled,
  PersonClockFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { MappingMember, MemberStep } from '../../../src/api/contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { JobProgress } from '../parts/job-progress.tsx';
import type { usePush } from './push-data.ts';

const useStyles = makeStyles({
  steps: { margin: 0, padding: 0, listStyle: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  step: {
    display: 'grid',
    gridTemplateColumns: '20px 112px minmax(0, 1fr)',
    gap: tokens.spacingHorizontalS,
    alignItems: 'start',
  },
  icon: { display: 'flex', fontSize: '20px' },
  text: { overflowWrap: 'anywhere' },
});

const icons: Record<MemberStep['outcome'], JSX.Element> = {
  ok: <CheckmarkCircleFilled color={tokens.colorStatusSuccessForeground1} aria-label="Done" />,
  held: <PersonClockFilled color={tokens.colorPaletteMarigoldForeground2} aria-label="Held" />,
  stopped: <WarningFilled color={tokens.colorStatusWarningForeground3} aria-label="Stopped" />,
  failed: <DismissCircleFilled color={tokens.colorStatusDangerForeground1} aria-label="Failed" />,
};

const titles: Record<MemberStep['step'], string> = {
  inventory: 'Inventory',
  collection: 'Collection',
  identity: 'Microsoft Entra',
  group: 'Group',
  action: 'What to do',
  answer: 'Answer',
};

/** What pushing one member through does: how far it is, then each step with how it ended. */
export function Push({
  member,
  push,
  onClose,
}: {
  member: MappingMember;
  push: ReturnType<typeof usePush>;
  onClose: () => void;
}) {
  const styles = useStyles();
  const steps = push.data
    ? [...push.data.steps, ...push.data.groups.flatMap(group => group.steps)]
    : (push.job?.progress?.steps ?? []);
  return (
    <FormDialog
      alert
      title={`Synchronize ${member.name} now`}
      onClose={onClose}
      close="Close"
      width={600}
      error={push.error}
    >
      {push.job && <JobProgress label={`Synchronize ${member.name}`} job={push.job} />}
      {steps.length > 0 && (
        <ol className={styles.steps} aria-label="Steps" aria-live="polite">
          {steps.map(({ step, outcome, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps come once and stay
            <li key={index} className={styles.step}>
              <span className={styles.icon}>{icons[outcome]}</span>
              <strong>{titles[step]}</strong>
              <span className={styles.text}>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </FormDialog>
  );
}

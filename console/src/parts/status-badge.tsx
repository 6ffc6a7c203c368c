import { makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  CircleRegular,
  DismissCircleFilled,
  PauseCircleFilled,
  PersonClockFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import type { JSX } from 'react';

const useStyles = makeStyles({
  status: { display: 'inline-flex', alignItems: 'center', gap: '6px', verticalAlign: 'middle' },
  icon: { display: 'flex', fontSize: '16px' },
});

const looks: Record<string, { color: string; icon: JSX.Element }> = {
  Success: { color: tokens.colorStatusSuccessForeground1, icon: <CheckmarkCircleFilled /> },
  'Partial Success': { color: tokens.colorStatusWarningForeground3, icon: <WarningFilled /> },
  Failed: { color: tokens.colorStatusDangerForeground1, icon: <DismissCircleFilled /> },
  'In Progress': { color: tokens.colorBrandForeground1, icon: <ArrowSyncRegular /> },
  'Awaiting Approval': { color: tokens.colorPaletteMarigoldForeground2, icon: <PersonClockFilled /> },
  Healthy: { color: tokens.colorStatusSuccessForeground1, icon: <CheckmarkCircleFilled /> },
  Warning: { color: tokens.colorStatusWarningForeground3, icon: <WarningFilled /> },
  Error: { color: tokens.colorStatusDangerForeground1, icon: <DismissCircleFilled /> },
  Disabled: { color: tokens.colorNeutralForeground3, icon: <PauseCircleFilled /> },
};

/** A status in words, with a colour and a shape so that neither alone carries it. */
export function StatusBadge({ status }: { status: string }) {
  const styles = useStyles();
  const look = looks[status] ?? { color: tokens.colorNeutralForeground3, icon: <CircleRegular /> };
  return (
    <span className={styles.status}>
      <span className={styles.icon} style={{ color: look.color }}>
        {look.icon}
      </span>
      {status}
    </span>
  );
}

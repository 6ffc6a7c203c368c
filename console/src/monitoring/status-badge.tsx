import { Badge, type BadgeProps } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleRegular,
  DismissCircleRegular,
  PauseCircleRegular,
  PersonClockRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';

const looks: Record<string, { color: BadgeProps['color']; icon: JSX.Element }> = {
  Success: { color: 'success', icon: <CheckmarkCircleRegular /> },
  'Partial Success': { color: 'warning', icon: <WarningRegular /> },
  Failed: { color: 'danger', icon: <DismissCircleRegular /> },
  'In Progress': { color: 'brand', icon: <ArrowSyncRegular /> },
  'Awaiting Approval': { color: 'important', icon: <PersonClockRegular /> },
  Disabled: { color: 'subtle', icon: <PauseCircleRegular /> },
};

/** A status in words, with a colour and a shape so that neither alone carries it. */
export function StatusBadge({ status }: { status: string }) {
  const look = looks[status] ?? { color: 'informative' as const, icon: <ArrowSyncRegular /> };
  return (
    <Badge appearance="tint" color={look.color} icon={look.icon} size="large">
      {status}
    </Badge>
  );
}

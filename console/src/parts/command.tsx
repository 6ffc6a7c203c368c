import { Spinner, ToolbarButton, Tooltip } from '@fluentui/react-components';
import type { JSX } from 'react';

interface CommandProps {
  label: string;
  icon: JSX.Element;
  onClick: () => void;
  /** Why it can not be done now, or by this role; it stays reachable by keyboard, so that the reason can be read. */
  lack?: string | undefined;
  /** It is being done: it turns, and can not be started again. */
  pending?: boolean;
}

/** A button of a page's ribbon. What can not be done says why. */
export function Command({ label, icon, onClick, lack, pending = false }: CommandProps) {
  const isOff = lack !== undefined || pending;
  const button = (
    <ToolbarButton
      icon={pending ? <Spinner size="extra-tiny" /> : icon}
      disabledFocusable={isOff}
      onClick={() => {
        if (!isOff) onClick();
      }}
    >
      {label}
    </ToolbarButton>
  );
  if (lack === undefined) return button;
  return (
    <Tooltip content={lack} relationship="description" withArrow>
      {button}
    </Tooltip>
  );
}

import { Button, Tooltip } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

interface ActionProps {
  children: ReactNode;
  icon?: JSX.Element;
  appearance?: 'primary' | 'secondary' | 'subtle';
  size?: 'small' | 'medium';
  type?: 'button' | 'submit';
  onClick?: () => void;
  disabled?: boolean;
  /** Why it can not be done now, or by this role; it stays reachable by keyboard, so that the reason can be read. */
  lack?: string | undefined;
}

/** A button inside a dialog or a pane. What can not be done says why. */
export function Action({ lack, onClick, ...button }: ActionProps) {
  if (lack === undefined) return <Button {...button} {...(onClick ? { onClick } : {})} />;
  return (
    <Tooltip content={lack} relationship="description" withArrow>
      <Button {...button} type="button" disabledFocusable />
    </Tooltip>
  );
}

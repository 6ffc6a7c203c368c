import { Button, Spinner, Tooltip } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

interface ActionProps {
  children: ReactNode;
  icon?: JSX.Element;
  appearance?: 'primary' | 'secondary' | 'subtle';
  size?: 'small' | 'medium';
  type?: 'button' | 'submit';
  onClick?: () => void;
  disabled?: boolean;
  /** It is being done: it turns, and keeps the focus, so that Escape and what comes next are heard. */
  pending?: boolean;
  /** Why it can not be done now, or by this role; it stays reachable by keyboard, so that the reason can be read. */
  lack?: string | undefined;
}

/** A button inside a dialog or a pane. What can not be done says why. */
export function Action({ lack, pending = false, onClick, ...button }: ActionProps) {
  if (pending) return <Button {...button} disabledFocusable icon={<Spinner size="tiny" />} />;
  if (lack === undefined) return <Button {...button} {...(onClick ? { onClick } : {})} />;
  return (
    <Tooltip content={lack} relationship="description" withArrow>
      <Button {...button} type="button" disabledFocusable />
    </Tooltip>
  );
}

import { Button, Spinner, Tooltip } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

interface ActionProps {
  children: ReactNode;
  icon?: JSX.Element;
  appearance?: 'primary' | 'secondary' | 'subtle';
  size?: 'small' | 'medium';
  type?: 'button' | 'submit';
  onClick?: () => void;
  /** Something is missing, which can be seen: it can not be done yet. */
  incomplete?: boolean;
  /** It is being done: it turns. */
  pending?: boolean;
  /** Why it can not be done now, or by this role. */
  lack?: string | undefined;
}

/**
 * A button inside a dialog or a pane. What can not be done says why. It keeps the focus whatever becomes of it, so that
 * the reason can be read, and Escape and what comes next are heard.
 */
export function Action({ lack, incomplete = false, pending = false, onClick, ...button }: ActionProps) {
  if (pending) return <Button {...button} disabledFocusable icon={<Spinner size="tiny" />} />;
  if (lack === undefined) {
    return <Button {...button} disabledFocusable={incomplete} {...(onClick ? { onClick } : {})} />;
  }
  return (
    <Tooltip content={lack} relationship="description" withArrow>
      <Button {...button} type="button" disabledFocusable />
    </Tooltip>
  );
}

import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useIsLimited } from './role.ts';

const useStyles = makeStyles({
  empty: {
    padding: tokens.spacingHorizontalXXL,
    color: tokens.colorNeutralForeground2,
    display: 'grid',
    gap: tokens.spacingVerticalS,
    justifyItems: 'start',
    position: 'sticky',
    left: 0,
  },
  line: { padding: tokens.spacingHorizontalL, position: 'sticky', left: 0 },
  reading: { padding: tokens.spacingHorizontalXXL },
});

/** What stands where there is nothing yet: that there is nothing, and what to do first. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={useStyles().empty}>
      <Text block weight="semibold">
        {title}
      </Text>
      {children && <Text block>{children}</Text>}
    </div>
  );
}

/** What stands where there is nothing that who is signed in may see, or nothing at all. */
export function NothingSeen({ things, children }: { things: string; children: ReactNode }) {
  const isLimited = useIsLimited();
  if (!isLimited) return children;
  return (
    <EmptyState title={`There are no ${things} that you may see.`}>
      Your account is limited to some collections, and to what belongs to them.
    </EmptyState>
  );
}

/** The same in a line, for a small list that needs no more said. */
export function EmptyLine({ children }: { children: string }) {
  return (
    <Text block className={useStyles().line}>
      {children}
    </Text>
  );
}

/** What stands where something is being read. */
export function Reading({ what }: { what: string }) {
  return <Spinner className={useStyles().reading} label={`Reading ${what}`} />;
}

import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useState } from 'react';
import type { Session } from '../../../src/api/contract/index.ts';
import { useLiveEvents } from '../parts/live.ts';
import { Navigation } from './navigation.tsx';
import { usePlace } from './place.ts';
import { StatusBar } from './status-bar.tsx';
import { UserMenu } from './user-menu.tsx';

/** Below this width the tree stands over the page, and only when it is asked for. */
const narrow = '@media (max-width: 900px)';

const useStyles = makeStyles({
  frame: { height: '100%', display: 'flex', flexDirection: 'column' },
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    height: '40px',
    flexShrink: 0,
    padding: `0 ${tokens.spacingHorizontalS} 0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  toggle: { display: 'none', [narrow]: { display: 'inline-flex' } },
  barButton: {
    color: tokens.colorNeutralForegroundOnBrand,
    minWidth: 'auto',
    ':hover': {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorBrandBackgroundHover,
    },
    ':hover:active': {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorBrandBackgroundPressed,
    },
  },
  middle: { position: 'relative', display: 'flex', flexGrow: 1, minHeight: 0 },
  places: {
    width: '238px',
    boxSizing: 'border-box',
    flexShrink: 0,
    padding: '6px 4px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    [narrow]: {
      display: 'none',
      position: 'absolute',
      zIndex: 10,
      top: 0,
      bottom: 0,
      left: 0,
      boxShadow: tokens.shadow16,
    },
  },
  open: { [narrow]: { display: 'block' } },
  page: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
});

/** The bar, the tree of places at the left, the page that was chosen, and below what is under way. */
export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const styles = useStyles();
  const { path } = usePlace();
  const [isOpen, setOpen] = useState(false);
  const connection = useLiveEvents();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere needs the tree no more
  useEffect(() => setOpen(false), [path]);
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <div className={styles.name}>
          <Button
            appearance="transparent"
            size="small"
            className={mergeClasses(styles.barButton, styles.toggle)}
            icon={<NavigationRegular />}
            aria-label="Navigation"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          />
          <Text weight="semibold" size={400}>
            Rollcall
          </Text>
        </div>
        <UserMenu session={session} className={styles.barButton} />
      </header>
      <div className={styles.middle}>
        <nav
          className={mergeClasses(styles.places, isOpen && styles.open)}
          aria-label="Navigation"
          onKeyDown={event => event.key === 'Escape' && setOpen(false)}
        >
          <Navigation path={path} />
        </nav>
        <main className={styles.page}>{children}</main>
      </div>
      <StatusBar connection={connection} />
    </div>
  );
}

import { Button, Link, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CloudRegular, DesktopRegular, PersonRegular, SignOutRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Session } from '../../../src/api/contract/index.ts';
import { useSignOut } from '../api/session.ts';
import { addressOf, usePlace } from './place.ts';

const useStyles = makeStyles({
  frame: { height: '100%', display: 'flex', flexDirection: 'column' },
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    height: '48px',
    flexShrink: 0,
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  barButton: {
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorBrandBackgroundHover,
    },
  },
  middle: { display: 'flex', flexGrow: 1, minHeight: 0 },
  places: {
    width: '216px',
    boxSizing: 'border-box',
    flexShrink: 0,
    padding: tokens.spacingVerticalM,
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 700px)': { width: '52px', padding: '8px 4px' },
  },
  heading: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 700px)': { display: 'none' },
  },
  place: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `6px ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover, textDecoration: 'none' },
  },
  here: { backgroundColor: tokens.colorNeutralBackground1Selected, fontWeight: tokens.fontWeightSemibold },
  name: { '@media (max-width: 700px)': { display: 'none' } },
  page: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
});

const places = [
  {
    heading: 'Assets and Compliance',
    entries: [
      { path: '/assets/device-collections', title: 'Device Collections', icon: <DesktopRegular /> },
      { path: '/assets/user-collections', title: 'User Collections', icon: <PersonRegular /> },
      { path: '/assets/devices', title: 'Devices', icon: <DesktopRegular /> },
      { path: '/assets/users', title: 'Users', icon: <PersonRegular /> },
    ],
  },
  {
    heading: 'Collection Cloud Sync',
    entries: [
      { path: '/monitoring/device-collections', title: 'Device Collections', icon: <DesktopRegular /> },
      { path: '/monitoring/user-collections', title: 'User Collections', icon: <PersonRegular /> },
    ],
  },
  {
    heading: 'Administration',
    entries: [
      { path: '/administration/tenants', title: 'Azure Services', icon: <CloudRegular /> },
      { path: '/administration/accounts', title: 'Administrative Users', icon: <PersonRegular /> },
      { path: '/administration/tokens', title: 'API Tokens', icon: <DesktopRegular /> },
      { path: '/administration/settings', title: 'Settings', icon: <CloudRegular /> },
    ],
  },
];

/** The bar, the tree of places at the left, and the page that was chosen. */
export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const styles = useStyles();
  const { path } = usePlace();
  const signOut = useSignOut();
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <Text weight="semibold" size={400}>
          Rollcall
        </Text>
        <Button
          appearance="transparent"
          className={styles.barButton}
          icon={<SignOutRegular />}
          onClick={() => signOut.mutate()}
          title={`Signed in as ${session.name} (${session.role})`}
        >
          Sign out
        </Button>
      </header>
      <div className={styles.middle}>
        <nav className={styles.places} aria-label="Places">
          {places.map(group => (
            <div key={group.heading}>
              <Text as="h2" size={200} block className={styles.heading}>
                {group.heading}
              </Text>
              {group.entries.map(entry => (
                <Link
                  key={entry.path}
                  href={addressOf(entry.path)}
                  aria-label={entry.title}
                  aria-current={entry.path === path ? 'page' : undefined}
                  className={mergeClasses(styles.place, entry.path === path && styles.here)}
                  appearance="subtle"
                >
                  {entry.icon}
                  <span className={styles.name}>{entry.title}</span>
                </Link>
              ))}
            </div>
          ))}
        </nav>
        <main className={styles.page}>{children}</main>
      </div>
    </div>
  );
}

import {
  ClipboardTaskListLtrRegular,
  CloudRegular,
  CloudSyncRegular,
  DesktopRegular,
  HomeRegular,
  KeyRegular,
  LaptopRegular,
  NotepadRegular,
  OptionsRegular,
  PeopleRegular,
  PersonKeyRegular,
  PersonRegular,
  SettingsRegular,
  ShieldKeyholeRegular,
  ShieldRegular,
  TaskListSquareLtrRegular,
} from '@fluentui/react-icons';
import type { JSX } from 'react';

/** A node of the navigation tree: a page, or a heading over others. */
export interface PlaceNode {
  /** Of a page: its path in the address. */
  path?: string;
  title: string;
  icon: JSX.Element;
  children?: readonly PlaceNode[];
}

/** The navigation tree, in the order and with the names of ConfigMgr's console. */
export const places: readonly PlaceNode[] = [
  { path: '/overview', title: 'Overview', icon: <HomeRegular /> },
  {
    title: 'Assets and Compliance',
    icon: <ClipboardTaskListLtrRegular />,
    children: [
      { path: '/assets/device-collections', title: 'Device Collections', icon: <DesktopRegular /> },
      { path: '/assets/user-collections', title: 'User Collections', icon: <PersonRegular /> },
      { path: '/assets/devices', title: 'Devices', icon: <LaptopRegular /> },
      { path: '/assets/users', title: 'Users', icon: <PeopleRegular /> },
    ],
  },
  {
    title: 'Monitoring',
    icon: <TaskListSquareLtrRegular />,
    children: [
      {
        title: 'Collection Cloud Sync',
        icon: <CloudSyncRegular />,
        children: [
          { path: '/monitoring/device-collections', title: 'Device Collections', icon: <DesktopRegular /> },
          { path: '/monitoring/user-collections', title: 'User Collections', icon: <PersonRegular /> },
        ],
      },
    ],
  },
  {
    title: 'Administration',
    icon: <SettingsRegular />,
    children: [
      {
        title: 'Cloud Services',
        icon: <CloudRegular />,
        children: [{ path: '/administration/tenants', title: 'Azure Services', icon: <CloudRegular /> }],
      },
      {
        title: 'Security',
        icon: <ShieldRegular />,
        children: [
          { path: '/administration/accounts', title: 'Administrative Users', icon: <PersonKeyRegular /> },
          { path: '/administration/tokens', title: 'API Tokens', icon: <KeyRegular /> },
          { path: '/administration/sign-in', title: 'Sign-in', icon: <ShieldKeyholeRegular /> },
          { path: '/administration/audit', title: 'Audit Log', icon: <NotepadRegular /> },
        ],
      },
      { path: '/administration/settings', title: 'Settings', icon: <OptionsRegular /> },
    ],
  },
];

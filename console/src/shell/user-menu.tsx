import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { PersonCircleRegular, SignOutRegular } from '@fluentui/react-icons';
import type { Session } from '../../../src/api/contract/index.ts';
import { useSignOut } from '../api/session.ts';
import { chooseTheme, type ThemeChoice, useThemeChoice } from './theme-choice.ts';

const dresses: [ThemeChoice, string][] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['contrast', 'High contrast'],
];

const roles = {
  'read-only': 'Read-only',
  operator: 'Operator',
  'full-administrator': 'Full Administrator',
} as const;

/** Who is signed in, how the console is dressed, and the way out. */
export function UserMenu({ session, className }: { session: Session; className?: string | undefined }) {
  const signOut = useSignOut();
  const choice = useThemeChoice();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, data) => chooseTheme((data.checkedItems[0] ?? 'system') as ThemeChoice)}
    >
      <MenuTrigger>
        <Button appearance="transparent" size="small" className={className} icon={<PersonCircleRegular />}>
          {session.name}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{roles[session.role]}</MenuGroupHeader>
            <MenuItem icon={<SignOutRegular />} onClick={() => signOut.mutate()}>
              Sign out
            </MenuItem>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Colours</MenuGroupHeader>
            {dresses.map(([value, title]) => (
              <MenuItemRadio key={value} name="theme" value={value}>
                {title}
              </MenuItemRadio>
            ))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

import { Menu, MenuList, type MenuListProps, MenuPopover, makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useMenuFocus } from './focus.ts';

const useStyles = makeStyles({
  popover: {
    maxHeight: 'calc(100vh - 16px)',
    overflowY: 'auto',
    '& .fui-MenuItem, & .fui-MenuItemCheckbox': {
      minHeight: '26px',
      paddingTop: '2px',
      paddingBottom: '2px',
    },
  },
});

/** Where a context menu opens: at the pointer, or at what has the focus. */
export interface MenuPlace {
  x: number;
  y: number;
}

/** The place for a menu that the keyboard asked for: under an element's left edge. */
export function placeUnder(element: Element): MenuPlace {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 8, y: bottom };
}

/** A menu at a point of the page. */
export function ContextMenu({
  at,
  onClose,
  label,
  children,
  ...list
}: {
  at: MenuPlace;
  onClose: () => void;
  label: string;
  children: ReactNode;
} & Pick<MenuListProps, 'checkedValues' | 'onCheckedValueChange'>) {
  const styles = useStyles();
  const menu = useMenuFocus();
  const target = {
    getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0),
  };
  return (
    <Menu
      open
      onOpenChange={(_, data) => !data.open && onClose()}
      positioning={{ target, position: 'below', align: 'start' }}
      {...list}
    >
      <MenuPopover className={styles.popover}>
        <MenuList ref={menu} aria-label={label}>
          {children}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

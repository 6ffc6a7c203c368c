import { useFocusFinders } from '@fluentui/react-components';
import { type RefObject, useEffect, useRef, useState } from 'react';

/** Of a menu that no button opened: what had the focus before. */
const openers = new WeakMap<Element, Element>();

/** Where the focus belongs once what is opened now is closed again; a menu's entries go with the menu. */
function originNow(): Element | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role=menu]');
  if (!menu) return activeElement;
  return openers.get(menu) ?? document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
}

const isNowhere = () => document.activeElement === null || document.activeElement === document.body;

/**
 * Gives the focus back, once what uses it is closed, to what had it before; to the list of the page where that is no
 * more. Whoever works by keyboard goes on where they were.
 */
export function useFocusBack(): Element | null {
  const [origin] = useState(originNow);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
      setTimeout(() => {
        if (!isOpen.current && isNowhere()) (returnTo(origin) as HTMLElement | null)?.focus();
      });
    };
  }, [origin]);
  return origin;
}

function returnTo(origin: Element | null): Element | null {
  const dialog = [...document.querySelectorAll('[aria-modal=true]')].at(-1);
  // What lies behind a dialog can not be reached.
  if (origin?.isConnected && origin !== document.body && (!dialog || dialog.contains(origin))) return origin;
  return (dialog ?? document.querySelector('main'))?.querySelector('[role=grid]') ?? null;
}

/** The same for a dialog, which also takes the focus where what it was opened from has let it go. */
export function useDialogFocus(): RefObject<HTMLDivElement | null> {
  useFocusBack();
  const surface = useRef<HTMLDivElement>(null);
  const { findFirstFocusable } = useFocusFinders();
  useEffect(() => {
    const timer = setTimeout(() => {
      const { current } = surface;
      if (current && isNowhere()) findFirstFocusable(current)?.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [findFirstFocusable]);
  return surface;
}

/** The same for a menu that no button opened. */
export function useMenuFocus(): (menu: Element | null) => void {
  const origin = useFocusBack();
  return menu => {
    if (menu && origin) openers.set(menu, origin);
  };
}

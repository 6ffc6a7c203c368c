import { type Theme, teamsHighContrastTheme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

/** How the console is dressed; 'system' follows the operating system. */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast';

const key = 'rollcall.theme';
const changed = 'rollcall-theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const contrast = window.matchMedia('(forced-colors: active), (prefers-contrast: more)');
const themes: Record<string, Theme> = {
  light: webLightTheme,
  dark: webDarkTheme,
  contrast: teamsHighContrastTheme,
};

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener);
  for (const query of [dark, contrast]) query.addEventListener('change', listener);
  return () => {
    window.removeEventListener(changed, listener);
    for (const query of [dark, contrast]) query.removeEventListener('change', listener);
  };
}

function choice(): ThemeChoice {
  const kept = window.localStorage.getItem(key) ?? '';
  return kept in themes ? (kept as ThemeChoice) : 'system';
}

function theme(): Theme {
  const fromSystem = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
  const chosen = choice();
  return themes[chosen === 'system' ? fromSystem : chosen] ?? webLightTheme;
}

export const useTheme = () => useSyncExternalStore(subscribe, theme);
export const useThemeChoice = () => useSyncExternalStore(subscribe, choice);

/** Dresses the console, here and whenever this browser opens it again. */
export function chooseTheme(next: ThemeChoice): void {
  if (next === 'system') window.localStorage.removeItem(key);
  else window.localStorage.setItem(key, next);
  window.dispatchEvent(new Event(changed));
}

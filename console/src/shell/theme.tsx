import {
  FluentProvider,
  teamsHighContrastTheme,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { type ReactNode, useSyncExternalStore } from 'react';

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const contrast = window.matchMedia('(forced-colors: active), (prefers-contrast: more)');

function subscribe(changed: () => void): () => void {
  for (const query of [dark, contrast]) query.addEventListener('change', changed);
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener('change', changed);
  };
}

function preferred() {
  if (contrast.matches) return teamsHighContrastTheme;
  return dark.matches ? webDarkTheme : webLightTheme;
}

/** Dresses the console as the system is dressed: light, dark or high contrast. */
export function Theme({ children }: { children: ReactNode }) {
  const theme = useSyncExternalStore(subscribe, preferred);
  return (
    <FluentProvider theme={theme} style={{ height: '100%' }}>
      {children}
    </FluentProvider>
  );
}

import { AriaLiveAnnouncer, FluentProvider } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useTheme } from './theme-choice.ts';

/**
 * Dresses the console as the user chose, else as the system is dressed: light, dark or high contrast. What message bars
 * say is read out.
 */
export function Theme({ children }: { children: ReactNode }) {
  return (
    <FluentProvider theme={useTheme()} style={{ height: '100%' }}>
      <AriaLiveAnnouncer>{children}</AriaLiveAnnouncer>
    </FluentProvider>
  );
}

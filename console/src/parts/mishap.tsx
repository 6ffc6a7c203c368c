import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { ProblemBar } from './problem-bar.tsx';

/**
 * Stands in for what could not be drawn: that part of the console could not be had, such as when the server has been
 * replaced by a newer one meanwhile, or has a mistake. Without it the window would be empty.
 */
export class Mishap extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <ProblemBar
        error={{
          message: 'This part of the console can not be shown.',
          hint: `Reload the page: the server may have a newer one. The browser says: ${error.message}`,
        }}
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      />
    );
  }
}

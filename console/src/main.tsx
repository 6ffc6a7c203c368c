import './main.css';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from '../../src/base/index.ts';
import { App } from './app.tsx';
import { Theme } from './shell/theme.tsx';

// A session ends at any time: by the clock, in another window, by an administrator. Then the sign-in is shown again.
const onError = (error: Error) => {
  if (error instanceof Problem && error.kind === 'unauthenticated') {
    void queries.invalidateQueries({ queryKey: ['session'], exact: true });
  }
};

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays a refusal; only a connection that failed is worth another try.
      retry: (failures, error) => !(error instanceof Problem) && failures < 2,
      // While the server is away it is asked again and again, until it answers.
      refetchInterval: ({ state: { error } }) => (isAway(error) ? 5_000 : false),
    },
  },
});

const isAway = (error: Error | null) => error instanceof Problem && error.code === 'server-unreachable';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Theme>
          <App />
        </Theme>
      </QueryClientProvider>
    </StrictMode>,
  );
}

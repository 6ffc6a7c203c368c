import './main.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from '../../src/base/index.ts';
import { App } from './app.tsx';
import { Theme } from './shell/theme.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // A refusal stays a refusal; only a connection that failed is worth another try.
      retry: (failures, error) => !(error instanceof Problem) && failures < 2,
    },
  },
});

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

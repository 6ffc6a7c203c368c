import { Spinner } from '@fluentui/react-components';
import { useSession } from './api/session.ts';
import { CloudSyncPage } from './monitoring/cloud-sync-page.tsx';
import { ProblemBar } from './parts/problem-bar.tsx';
import { Frame } from './shell/frame.tsx';
import { usePlace } from './shell/place.ts';
import { SignIn } from './shell/sign-in.tsx';

/** The console: sign-in first, then the page of the place in the address. */
export function App() {
  const session = useSession();
  const { path } = usePlace();
  if (session.isPending) return <Spinner label="Opening Rollcall" style={{ height: '100%' }} />;
  if (session.error) return <ProblemBar error={session.error} />;
  if (!session.data) return <SignIn />;
  return (
    <Frame session={session.data}>
      {path === '/monitoring/user-collections' ? (
        <CloudSyncPage key="user" type="user" />
      ) : (
        <CloudSyncPage key="device" type="device" />
      )}
    </Frame>
  );
}

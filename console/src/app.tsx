import { Spinner } from '@fluentui/react-components';
import { TenantsPage } from './administration/tenants/tenants-page.tsx';
import { useSession } from './api/session.ts';
import { CollectionsPage } from './collections/list/collections-page.tsx';
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
      <Content path={path} />
    </Frame>
  );
}

function Content({ path }: { path: string }) {
  switch (path) {
    case '/assets/device-collections':
      return <CollectionsPage key="device" type="device" />;
    case '/assets/user-collections':
      return <CollectionsPage key="user" type="user" />;
    case '/administration/tenants':
      return <TenantsPage />;
    case '/monitoring/user-collections':
      return <CloudSyncPage key="user" type="user" />;
    default:
      return <CloudSyncPage key="device" type="device" />;
  }
}

import { Spinner } from '@fluentui/react-components';
import {
  AccountsPage,
  AuditPage,
  SettingsPage,
  SignInPage,
  TenantsPage,
  TokensPage,
} from './administration/index.ts';
import { useSession } from './api/session.ts';
import { CollectionsPage, ResourcesPage } from './collections/index.ts';
import { CloudSyncPage } from './monitoring/cloud-sync-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { Mishap } from './parts/mishap.tsx';
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
      <Mishap key={path}>
        <Content path={path} />
      </Mishap>
    </Frame>
  );
}

function Content({ path }: { path: string }) {
  switch (path) {
    case '/assets/device-collections':
      return <CollectionsPage key="device" type="device" />;
    case '/assets/user-collections':
      return <CollectionsPage key="user" type="user" />;
    case '/assets/devices':
      return <ResourcesPage key="device" type="device" />;
    case '/assets/users':
      return <ResourcesPage key="user" type="user" />;
    case '/administration/tenants':
      return <TenantsPage />;
    case '/administration/accounts':
      return <AccountsPage />;
    case '/administration/tokens':
      return <TokensPage />;
    case '/administration/sign-in':
      return <SignInPage />;
    case '/administration/audit':
      return <AuditPage />;
    case '/administration/settings':
      return <SettingsPage />;
    case '/monitoring/device-collections':
      return <CloudSyncPage key="device" type="device" />;
    case '/monitoring/user-collections':
      return <CloudSyncPage key="user" type="user" />;
    default:
      return <OverviewPage />;
  }
}

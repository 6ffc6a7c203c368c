import { Spinner, Text } from '@fluentui/react-components';
import { StethoscopeRegular } from '@fluentui/react-icons';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { Checks } from './checks.tsx';
import { useCheckTenant } from './data.ts';

/** The Checks tab: every prerequisite of synchronization, looked at on demand. */
export function ChecksTab({ tenant }: { tenant: Tenant }) {
  const check = useCheckTenant();
  const mayRun = useLack('checkTenant');
  return (
    <>
      <div>
        <Action
          icon={<StethoscopeRegular />}
          lack={mayRun ?? (check.isPending ? 'The checks are under way.' : undefined)}
          onClick={() => check.mutate(tenant.id)}
        >
          Check prerequisites
        </Action>
      </div>
      {check.isIdle && (
        <Text>Sign-in, permissions, clocks, owners of groups: looked at, nothing changed.</Text>
      )}
      {check.isPending && <Spinner label="Looking at every prerequisite" />}
      {check.error && <ProblemBar error={check.error} />}
      {check.data && <Checks checks={check.data} />}
    </>
  );
}

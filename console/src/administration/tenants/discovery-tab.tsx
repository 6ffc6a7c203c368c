import { Divider, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import type { Tagged } from '../../parts/edited.ts';
import { JobProgress } from '../../parts/job-progress.tsx';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { useDiscover } from './data.ts';
import { DiscoveryStates } from './discovery-states.tsx';
import { SettingNumber, SettingSwitch, TenantSettings } from './tenant-settings.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** The Discovery tab: on or off, how often, where it stands, and running it now. */
export function DiscoveryTab({ tenant: present }: { tenant: Tagged<Tenant> }) {
  const styles = useStyles();
  const tenant = present.answer;
  const { run, job } = useDiscover();
  const mayRun = useLack('discover');
  const lack = mayRun ?? (run.isPending ? 'A discovery is under way.' : undefined);
  const now = (options: { full: boolean; approve?: boolean }) =>
    run.mutate({ tenant: String(tenant.id), ...options });
  return (
    <>
      <TenantSettings tenant={present}>
        <SettingSwitch name="discovery" label="Enable discovery of devices and users" />
        <div className={styles.bar}>
          <SettingNumber name="discoveryMinutes" label="What changed, every" unit="minutes" />
          <SettingNumber name="fullDiscoveryDays" label="Everything, every" unit="days" />
        </div>
        <SettingSwitch
          name="entraResources"
          label="Take devices and users that no other source has into the inventory"
          hint="Collections then work with no other source; the next discovery reads everything anew. Switched off, what was taken stays until it vanishes from Entra."
        />
      </TenantSettings>
      <Divider style={{ flexGrow: 0 }} />
      <DiscoveryStates tenant={tenant} approve={{ lack, run: () => now({ full: false, approve: true }) }} />
      {run.error && <ProblemBar error={run.error} />}
      <div className={styles.bar}>
        <Action icon={<ArrowDownloadRegular />} lack={lack} onClick={() => now({ full: false })}>
          Discover now
        </Action>
        <Action lack={lack} onClick={() => now({ full: true })}>
          Discover everything now
        </Action>
      </div>
      {job && <JobProgress label="Discovery" job={job} />}
    </>
  );
}

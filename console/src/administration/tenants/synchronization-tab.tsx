import { makeStyles, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import type { Tagged } from '../../parts/edited.ts';
import { SettingNumber, SettingSwitch, TenantSettings } from './tenant-settings.tsx';

const useStyles = makeStyles({
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalL,
  },
});

/** The Collection Synchronization tab: the switch, the guard's limits, and the share of the quota. */
export function SynchronizationTab({ tenant }: { tenant: Tagged<Tenant> }) {
  const styles = useStyles();
  return (
    <TenantSettings tenant={tenant}>
      <SettingSwitch
        name="groupSync"
        label="Enable Azure Directory Group Sync"
        hint="Off: the mappings of this tenant rest as Disabled, and its groups stay as they are."
      />
      <SettingNumber
        name="maxRemovals"
        label="Hold a run that removes more members than"
        hint="Also held: more than the percentage below of a group of 10 or more, and a group that would become empty."
      />
      <SettingNumber name="maxRemovalPercent" label="Or a larger share of a group than" unit="%" />
      <div className={styles.pair}>
        <SettingNumber
          name="quotaShare"
          label="Share of Graph's write quota"
          hint="What Rollcall may use of the app's quota; the rest is left to others."
          unit="%"
        />
        <SettingNumber
          name="wholeReadDays"
          label="Read a large group whole after"
          hint="Between, full runs go by what Entra says has changed. 0: every full run reads it whole."
          unit="days"
        />
      </div>
      <SettingSwitch
        name="allowRoleAssignable"
        label="Allow groups that can bear Entra roles: their members get administrative rights"
      />
    </TenantSettings>
  );
}

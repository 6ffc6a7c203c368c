import { Link, makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { TenantHealth } from '../../../src/api/contract/index.ts';
import { formatDate, formatShortTime } from '../parts/format.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { addressOf } from '../shell/place.ts';
import { Card, Facts } from './card.tsx';

const useStyles = makeStyles({
  tenant: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, paddingTop: tokens.spacingVerticalS },
  },
  name: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
});

const words = { healthy: 'Healthy', warning: 'Warning', error: 'Error' } as const;

/** How the connected tenants are: health, the end of the credential, discovery, and the use of Graph's quota. */
export function TenantsCard({ tenants }: { tenants: readonly TenantHealth[] }) {
  const styles = useStyles();
  return (
    <Card title="Azure Services">
      {tenants.length === 0 && <Text size={200}>No tenant is connected yet.</Text>}
      {tenants.map(tenant => (
        <div key={tenant.id} className={styles.tenant}>
          <div className={styles.name}>
            <Link href={addressOf('/administration/tenants', { tenant: String(tenant.id) })}>
              {tenant.name}
            </Link>
            <StatusBadge status={words[tenant.health]} />
          </div>
          <Facts
            facts={[
              { name: 'Discovery', value: formatShortTime(tenant.lastDiscoveryTime) || 'None yet' },
              { name: 'Credential', value: formatDate(tenant.credentialExpiresAt) || 'Not known' },
              { name: 'Write quota', value: quotaOf(tenant) },
            ]}
          />
          <ProgressBar
            aria-label={`Write quota of ${tenant.name} used`}
            value={Math.min(1, tenant.quota.usedPercent / 100)}
            color={tenant.quota.usedPercent > 90 ? 'warning' : 'brand'}
          />
        </div>
      ))}
    </Card>
  );
}

function quotaOf({ quota }: TenantHealth): string {
  const percent = quota.usedPercent < 10 ? quota.usedPercent.toFixed(1) : Math.round(quota.usedPercent);
  return `${percent} % of ${quota.writesPerHour.toLocaleString()}/h`;
}

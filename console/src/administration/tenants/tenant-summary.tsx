import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { Facts } from '../../parts/facts.tsx';
import type { TenantRow } from './columns.tsx';
import { DiscoveryStates } from './discovery-states.tsx';
import { clouds, credentials, endOf } from './words.ts';

/** What is known of a tenant without asking Entra: what to look at first, discovery, limits. */
export function TenantSummary({ tenant }: { tenant: TenantRow }) {
  const { health } = tenant;
  return (
    <div
      role="region"
      aria-label="Summary"
      style={{ overflow: 'auto', display: 'grid', gap: 12, alignContent: 'start' }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
      tabIndex={0}
    >
      {tenant.warnings.map(each => (
        <MessageBar key={each.code + each.message} intent={each.level} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{each.message}</MessageBarTitle>
            {each.hint}
          </MessageBarBody>
        </MessageBar>
      ))}
      <Facts
        of={[
          ['Tenant ID', tenant.tenantId],
          ['Client ID', tenant.clientId],
          ['Cloud', clouds[tenant.cloud]],
          ['Credential', credentials[tenant.credentialKind]],
          ['Credential ends', endOf(tenant)],
          ['Azure Directory Group Sync', tenant.groupSync ? 'On' : 'Off'],
          ['Discovery', <DiscoveryStates key="discovery" tenant={tenant} />],
          [
            'Held for approval above',
            `${tenant.maxRemovals.toLocaleString()} removals, or ${tenant.maxRemovalPercent} % of a group`,
          ],
          [
            'Write quota',
            health
              ? `${health.quota.usedPercent} % of its share (${tenant.quotaShare} % of Graph's) used in the last hours`
              : `${tenant.quotaShare} %`,
          ],
        ]}
      />
    </div>
  );
}

import { makeStyles, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import { useDiscoveries } from './data.ts';
import { sentenceOf } from './words.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyle: 'none', display: 'grid', gap: tokens.spacingVerticalXS },
  held: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** Where discovery stands in a tenant; losses that the guard holds can be approved. */
export function DiscoveryStates({
  tenant,
  approve,
}: {
  tenant: Tenant;
  /** How held losses are approved; without it they are only told. */
  approve?: { lack: string | undefined; run: () => void };
}) {
  const styles = useStyles();
  const discoveries = useDiscoveries();
  const states = (discoveries.data ?? []).filter(state => state.cloudServiceId === tenant.id);
  return (
    <ul className={styles.list} aria-label="Discovery">
      {states.map(state => (
        <li key={state.kind} className={styles.held}>
          {sentenceOf(state)}
          {state.heldRemovals > 0 && (
            <>
              <b>
                {state.heldRemovals.toLocaleString()} that Entra no longer names are held: a sudden loss may
                be an error.
              </b>
              {approve && (
                <Action lack={approve.lack} onClick={approve.run}>
                  Believe the loss
                </Action>
              )}
            </>
          )}
        </li>
      ))}
      {discoveries.data && states.length === 0 && <li>Nothing has been discovered in this tenant yet.</li>}
    </ul>
  );
}

import {
  Button,
  makeStyles,
  Spinner,
  Text,
  Title3,
  Toolbar,
  ToolbarButton,
  tokens,
} from '@fluentui/react-components';
import { ArrowSyncRegular, DismissRegular } from '@fluentui/react-icons';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Grid } from '../parts/grid.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';
import { mappingColumns } from './columns.tsx';
import { keyOfMapping, useMappings, useSynchronize } from './data.ts';
import { Members } from './members.tsx';

const useStyles = makeStyles({
  page: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  list: { flex: '1 1 45%', minHeight: '160px', display: 'flex', flexDirection: 'column' },
  details: {
    flex: '1 1 55%',
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
  },
  title: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
  },
  action: { whiteSpace: 'nowrap' },
  empty: { padding: tokens.spacingHorizontalXXL, color: tokens.colorNeutralForeground2 },
});

/** Monitoring → Collection Cloud Sync: every mapping with its status and counts, and the members of the chosen one. */
export function CloudSyncPage({ type }: { type: 'device' | 'user' }) {
  const styles = useStyles();
  const { path, query } = usePlace();
  const mappings = useMappings(type);
  const synchronize = useSynchronize();
  const rows = mappings.data ?? [];
  const chosen = rows.find(row => keyOfMapping(row) === query.get('mapping'));
  const choose = (row: Mapping) => {
    window.location.replace(addressOf(path, { mapping: keyOfMapping(row) }));
  };
  return (
    <div className={styles.page}>
      <div className={styles.title}>
        <Title3 as="h1">{type === 'device' ? 'Device Collections' : 'User Collections'}</Title3>
        <Toolbar aria-label="Actions">
          <ToolbarButton
            appearance="primary"
            className={styles.action}
            icon={synchronize.isPending ? <Spinner size="tiny" /> : <ArrowSyncRegular />}
            disabled={!chosen || synchronize.isPending}
            onClick={() => chosen && synchronize.mutate(chosen)}
          >
            Synchronize Membership
          </ToolbarButton>
        </Toolbar>
      </div>
      {mappings.error && <ProblemBar error={mappings.error} />}
      {synchronize.error && <ProblemBar error={synchronize.error} />}
      <div className={styles.list}>
        <Grid
          label={`Cloud sync of ${type} collections`}
          columns={mappingColumns}
          rows={rows}
          keyOf={keyOfMapping}
          selected={chosen ? keyOfMapping(chosen) : null}
          onSelect={choose}
          empty={
            mappings.isPending ? (
              <Spinner label="Reading the status" style={{ padding: 24 }} />
            ) : (
              <div className={styles.empty}>
                <Text block weight="semibold">
                  No {type} collection is mapped to a group yet.
                </Text>
                <Text block>
                  Map one with <code>rollcall cloud-sync add COLLECTION --group GROUP</code>, then it appears
                  here.
                </Text>
              </div>
            )
          }
        />
      </div>
      {chosen && (
        <section className={styles.details} aria-label={`Members of ${chosen.collectionName}`}>
          <div className={styles.title}>
            <Text weight="semibold" size={400}>
              {chosen.collectionName} → {chosen.groupName}
            </Text>
            <Button
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label="Close the members"
              onClick={() => window.location.replace(addressOf(path))}
            />
          </div>
          <Members key={keyOfMapping(chosen)} mapping={chosen} />
        </section>
      )}
    </div>
  );
}

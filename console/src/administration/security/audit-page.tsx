import { Input, makeStyles, Select, ToolbarButton, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useDeferredValue, useState } from 'react';
import { type AuditEntry, apiRoot } from '../../../../src/api/contract/index.ts';
import { api } from '../../api/client.ts';
import { type Column, timeColumn } from '../../parts/columns.ts';
import { Facts } from '../../parts/facts.tsx';
import { formatTime } from '../../parts/format.ts';
import { Grid } from '../../parts/grid.tsx';
import { useKeptSort } from '../../parts/kept.ts';
import { DetailsPart, EmptyState, ListPart, Page } from '../../parts/page.tsx';
import { usePages } from '../../parts/pages.ts';
import { ProblemBar } from '../../parts/problem-bar.tsx';
import { useLack } from '../../parts/role.ts';
import { sorted } from '../../parts/sorted.ts';

const outcomes = ['done', 'refused', 'failed', 'begun'] as const;

const actorOf = ({ actor }: AuditEntry) => actor || '(nobody signed in)';

const columns: readonly Column<AuditEntry>[] = [
  timeColumn('at', 'When', row => row.at, { sortable: true }),
  { id: 'actor', sortable: true, title: 'Who', value: actorOf, width: 150 },
  { id: 'action', sortable: true, title: 'What', value: row => row.action, width: 170 },
  { id: 'object', title: 'To what', value: row => row.object, width: 300, grow: true },
  { id: 'outcome', sortable: true, title: 'Outcome', value: row => row.outcome, width: 90 },
  { id: 'code', title: 'Code', value: row => row.code, width: 150 },
  { id: 'address', title: 'From', value: row => row.address, width: 120, optional: true },
];

const useStyles = makeStyles({
  states: {
    display: 'grid',
    gridTemplateColumns: '1fr 1fr',
    gap: tokens.spacingHorizontalL,
    overflow: 'auto',
    '& pre': { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: '12px' },
  },
});

/** Administration → Security → Audit Log: who did what, before and after; filtered, and had whole as CSV. */
export function AuditPage() {
  const styles = useStyles();
  const lack = useLack('listAudit');
  const [actor, setActor] = useState('');
  const [action, setAction] = useState('');
  const [object, setObject] = useState('');
  const [sort, setSort] = useKeptSort('audit');
  const [outcome, setOutcome] = useState('');
  const [chosen, setChosen] = useState<AuditEntry | null>(null);
  const filter = {
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(action.trim() === '' ? {} : { action: action.trim() }),
    ...(object.trim() === '' ? {} : { object: object.trim() }),
    ...(outcome === '' ? {} : { outcome: outcome as AuditEntry['outcome'] }),
  };
  const deferred = useDeferredValue(filter);
  const entries = usePages({
    key: ['audit', lack ?? '', deferred, sort],
    pageSize: 200,
    read: async (page, signal) =>
      lack === undefined
        ? api.call('listAudit', { query: { ...deferred, ...page, ...sorted(sort) } }, signal)
        : { items: [], next: null },
  });
  const csv = `${apiRoot}/audit?${new URLSearchParams({ ...filter, ...sorted(sort), format: 'csv' })}`;
  return (
    <Page
      title="Audit Log"
      actions={
        lack === undefined && (
          <ToolbarButton as="a" href={csv} download="audit.csv" icon={<ArrowDownloadRegular />}>
            Export CSV
          </ToolbarButton>
        )
      }
      side={
        <>
          <Input
            aria-label="Who"
            placeholder="Who"
            value={actor}
            onChange={(_, data) => setActor(data.value)}
          />
          <Input
            aria-label="What"
            placeholder="What"
            value={action}
            onChange={(_, data) => setAction(data.value)}
          />
          <Input
            aria-label="To what"
            placeholder="To what"
            value={object}
            onChange={(_, data) => setObject(data.value)}
          />
          <Select aria-label="Outcome" value={outcome} onChange={(_, data) => setOutcome(data.value)}>
            <option value="">Any outcome</option>
            {outcomes.map(each => (
              <option key={each}>{each}</option>
            ))}
          </Select>
        </>
      }
    >
      {entries.error && <ProblemBar error={entries.error} />}
      <ListPart>
        <Grid
          label="Audit log"
          columns={columns}
          source={entries}
          sort={sort}
          onSort={setSort}
          keyOf={row => String(row.id)}
          selected={chosen ? String(chosen.id) : null}
          onSelect={setChosen}
          empty={
            <EmptyState
              title={lack ?? (entries.isPending ? 'Reading the audit log …' : 'Nothing fits the filter.')}
            />
          }
        />
      </ListPart>
      {chosen && (
        <DetailsPart title={`${chosen.action} by ${actorOf(chosen)}`} onClose={() => setChosen(null)}>
          <Facts
            of={[
              ['When', formatTime(chosen.at)],
              ['From', chosen.address],
              ['Outcome', chosen.code ? `${chosen.outcome}: ${chosen.code}` : chosen.outcome],
            ]}
          />
          <section
            className={styles.states}
            aria-label="Before and after"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
            tabIndex={0}
          >
            <State title="Before" value={chosen.before} />
            <State title="After" value={chosen.after} />
          </section>
        </DetailsPart>
      )}
    </Page>
  );
}

function State({ title, value }: { title: string; value: unknown }) {
  return (
    <div>
      <b>{title}</b>
      <pre>{value === null || value === undefined ? '–' : JSON.stringify(value, null, 2)}</pre>
    </div>
  );
}

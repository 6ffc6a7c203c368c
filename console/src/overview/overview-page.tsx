import { makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Reading } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useIsLimited } from '../parts/role.ts';
import { Activity } from './activity.tsx';
import { Attention } from './attention.tsx';
import { useOverview } from './data.ts';
import { FirstSteps } from './first-steps.tsx';
import { CycleCard, MappingsCard, MembersCard } from './health.tsx';
import { SpanChoice } from './span-choice.tsx';
import { day } from './spans.ts';
import { TenantsCard } from './tenants-card.tsx';

const useStyles = makeStyles({
  page: {
    flexGrow: 1,
    minHeight: 0,
    overflow: 'auto',
    display: 'grid',
    gap: tokens.spacingVerticalM,
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    // Room for the shadow of the cards.
    padding: '2px',
  },
  health: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: '1fr 1.15fr 1fr 0.9fr',
    '@media (max-width: 1180px)': { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
    '@media (max-width: 620px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** Overview: what needs somebody, what is healthy, and what runs did over time. */
export function OverviewPage() {
  const styles = useStyles();
  const [span, setSpan] = useState(day);
  const [asTable, setAsTable] = useState(false);
  const { data, error } = useOverview(span);
  // The last round is told of the whole site only.
  const isLimited = useIsLimited();
  return (
    <Page
      title="Overview"
      side={
        data &&
        data.mappings.total > 0 && (
          <SpanChoice span={span} onSpan={setSpan} asTable={asTable} onAsTable={setAsTable} />
        )
      }
    >
      {error && <ProblemBar error={error} />}
      {!data && !error && <Reading what="the overview" />}
      {data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it
        <section className={styles.page} aria-label="Overview" tabIndex={0}>
          {data.mappings.total === 0 ? <FirstSteps overview={data} /> : <Attention overview={data} />}
          <div className={styles.health}>
            <TenantsCard tenants={data.tenants} />
            <MappingsCard mappings={data.mappings} />
            <MembersCard members={data.members} />
            {!isLimited && <CycleCard cycle={data.cycle} />}
          </div>
          {data.mappings.total > 0 && <Activity overview={data} span={span} asTable={asTable} />}
        </section>
      )}
    </Page>
  );
}

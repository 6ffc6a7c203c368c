import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useMemo } from 'react';
import type { Overview } from '../../../src/api/contract/index.ts';
import { Mishap } from '../parts/mishap.tsx';
import { ActivityTable } from './activity-table.tsx';
import { Card } from './card.tsx';
import type { Series } from './chart.tsx';
import { filled, type Span } from './spans.ts';

// The charts are a large part of the console; what needs somebody does not wait for them.
const Chart = lazy(() => import('./chart.tsx'));

const useStyles = makeStyles({
  charts: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    '@media (max-width: 1180px)': {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      '& > :last-child': { gridColumn: '1 / -1' },
    },
    '@media (max-width: 620px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  coming: { height: '160px' },
});

const charts: { title: string; series: readonly Series[] }[] = [
  {
    title: 'Members synchronized',
    series: [
      { title: 'Added', colour: tokens.colorBrandBackground, value: point => point.added },
      { title: 'Removed', colour: tokens.colorPaletteMarigoldBackground3, value: point => point.removed },
    ],
  },
  {
    title: 'Writes to Microsoft Graph',
    series: [{ title: 'Writes', colour: tokens.colorPaletteTealBorderActive, value: point => point.writes }],
  },
  {
    title: 'Failures',
    series: [
      { title: 'Members', colour: tokens.colorPaletteRedBackground3, value: point => point.failed },
      { title: 'Runs', colour: tokens.colorPaletteBerryBackground3, value: point => point.failedRuns },
    ],
  },
];

/** What runs did over time, as charts, or as a table for whoever reads figures better. */
export function Activity({ overview, span, asTable }: { overview: Overview; span: Span; asTable: boolean }) {
  const styles = useStyles();
  const points = useMemo(
    () => filled(overview.activity.points, span, new Date(overview.at)),
    [overview, span],
  );
  if (asTable) return <ActivityTable points={points} span={span} />;
  return (
    <Mishap>
      <div className={styles.charts}>
        {charts.map(({ title, series }) => (
          <Card key={title} title={title}>
            <Suspense fallback={<div className={styles.coming} />}>
              <Chart title={title} series={series} points={points} span={span} />
            </Suspense>
          </Card>
        ))}
      </div>
    </Mishap>
  );
}

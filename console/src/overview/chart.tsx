import { VerticalStackedBarChart, type VerticalStackedChartProps } from '@fluentui/react-charts';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useElementWidth } from '../parts/element-width.ts';
import { labelOf, type Point, type Span } from './spans.ts';

/** What a chart shows of each part of a span. */
export interface Series {
  title: string;
  colour: string;
  value: (point: Point) => number;
}

const useStyles = makeStyles({
  chart: {
    minWidth: 0,
    height: '160px',
    overflow: 'hidden',
    '& text': { fill: tokens.colorNeutralForeground2 },
  },
});

/** Bars over time, one stack a part of the span. The default of this file, as it is read when it is needed. */
export default function Chart({
  title,
  series,
  points,
  span,
}: {
  title: string;
  series: readonly Series[];
  points: readonly Point[];
  span: Span;
}) {
  const styles = useStyles();
  const [frame, width] = useElementWidth();
  const most = Math.max(...points.map(point => series.reduce((sum, each) => sum + each.value(point), 0)));
  const data: VerticalStackedChartProps[] = points.map(point => ({
    xAxisPoint: placeOf(point, span),
    xAxisCalloutData: labelOf(point, span),
    chartData: series.map(each => ({
      legend: each.title,
      data: each.value(point),
      color: each.colour,
      xAxisCalloutData: labelOf(point, span),
      yAxisCalloutData: each.value(point).toLocaleString(),
    })),
  }));
  return (
    <div ref={frame} className={styles.chart}>
      {width > 0 && (
        <VerticalStackedBarChart
          chartTitle={title}
          data={data}
          width={width}
          height={160}
          margins={{ top: 12, right: 12, bottom: 28, left: 44 }}
          barWidth={Math.max(4, Math.floor((width - 80) / points.length / 1.6))}
          xAxisTickCount={5}
          yAxisTickCount={4}
          yMaxValue={Math.max(4, most)}
          tickFormat={span.bucket === 'hour' ? '%H:%M' : '%d %b'}
          isCalloutForStack
          hideLegend={series.length === 1}
          hideLabels
          legendProps={{ centerLegends: true }}
        />
      )}
    </div>
  );
}

/** Days are those of UTC, and stand on the axis at this browser's midnight. */
function placeOf({ at }: Point, { bucket }: Span): Date {
  const instant = new Date(at);
  if (bucket === 'hour') return instant;
  return new Date(instant.getUTCFullYear(), instant.getUTCMonth(), instant.getUTCDate());
}

import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import { Card } from './card.tsx';
import { labelOf, type Point, type Span } from './spans.ts';

const columns: [string, (point: Point) => number][] = [
  ['Runs', point => point.runs],
  ['Added', point => point.added],
  ['Removed', point => point.removed],
  ['Failed members', point => point.failed],
  ['Failed runs', point => point.failedRuns],
  ['Writes', point => point.writes],
];

/** The figures of the charts, the latest first; what had no run is left out. */
export function ActivityTable({ points, span }: { points: readonly Point[]; span: Span }) {
  const shown = points.filter(point => point.runs > 0).reverse();
  return (
    <Card title="Activity">
      <Table size="extra-small" aria-label="Activity">
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{span.bucket === 'hour' ? 'Hour' : 'Day (UTC)'}</TableHeaderCell>
            {columns.map(([title]) => (
              <TableHeaderCell key={title}>{title}</TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {shown.map(point => (
            <TableRow key={point.at}>
              <TableCell>{labelOf(point, span)}</TableCell>
              {columns.map(([title, value]) => (
                <TableCell key={title}>{value(point).toLocaleString()}</TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

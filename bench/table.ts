import Table from 'cli-table3';
import pico from 'picocolors';
import { count, type Row } from './report.ts';

interface Column {
  title: string;
  text(row: Row): string;
}

const number = (value: number | undefined) => (value === undefined ? '' : count(value));

const columns: readonly Column[] = [
  { title: 'what', text: row => row.what },
  { title: 'count', text: row => `${count(row.count)} ${row.unit}` },
  { title: 'time', text: row => duration(row.seconds) },
  { title: 'processor', text: row => duration(row.processorSeconds) },
  { title: 'rate', text: row => (row.rate === undefined ? '' : `${count(row.rate)}/s`) },
  { title: 'requests', text: row => number(row.requests) },
  { title: 'calls', text: row => number(row.calls) },
  { title: 'refused', text: row => number(row.refused) },
  { title: 'peak memory', text: row => `${count(Math.round(row.peakMiB))} MiB` },
  { title: 'besides', text: row => row.note ?? '' },
  { title: 'figure', text: row => row.figures.map(figure => figure.text).join('\n') },
  {
    title: 'met',
    text: row => row.figures.map(({ met }) => (met ? pico.green('yes') : pico.red('NO'))).join('\n'),
  },
];

/** Measurements as a table for people; columns in which nothing stands are left out. */
export function tableOf(rows: readonly Row[]): string {
  const shown = columns.filter(column => rows.some(row => column.text(row) !== ''));
  const table = new Table({
    head: shown.map(column => column.title),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(shown.map(column => column.text(row)));
  return table.toString();
}

/** A duration in the unit that suits it. */
function duration(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds.toFixed(seconds < 100 ? 1 : 0)} s`;
}

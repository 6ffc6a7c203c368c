import { SingleBar } from 'cli-progress';
import type { Progress } from '../base/index.ts';
import type { Terminal } from './terminal.ts';

/** One line on stderr that shows how far long work is; nothing at all where stderr is no terminal. */
export interface ProgressLine {
  readonly visible: boolean;
  show(progress: Progress): void;
  /** Takes the line away. */
  end(): void;
}

const number = new Intl.NumberFormat('en-US');
const barWidth = 24;

/** The progress line of a terminal. */
export function progressLine(terminal: Terminal): ProgressLine {
  if (!terminal.stderr.isTTY) return { visible: false, show: () => {}, end: () => {} };
  let shown: Progress = { phase: '', done: 0 };
  const bar = new SingleBar({
    format: () => draw(shown, terminal.stderr.columns ?? 80),
    stream: terminal.stderr,
    clearOnComplete: true,
    hideCursor: true,
    fps: 10,
  });
  return {
    visible: true,
    show(progress) {
      shown = progress;
      if (bar.isActive) bar.update(progress.done);
      else bar.start(progress.total ?? 1, progress.done);
    },
    end() {
      if (bar.isActive) bar.stop();
    },
  };
}

/** A step as one line of at most `width` columns, with a bar where the total is known. */
export function draw({ phase, done, total, unit }: Progress, width: number): string {
  const amount = `${number.format(done)}${total ? ` of ${number.format(total)}` : ''}${unit ? ` ${unit}` : ''}`;
  const bar = total ? `${filled(Math.min(done / total, 1))} ` : '';
  const line = `${phase} ${bar}${done > 0 || total ? amount : '…'}`;
  return line.length <= width - 1 ? line : `${phase} ${amount}`.slice(0, width - 1);
}

function filled(part: number): string {
  const full = Math.round(part * barWidth);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)}`;
}

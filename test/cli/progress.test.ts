import { describe, expect, it } from 'vitest';
import { draw, progressLine } from '../../src/cli/progress.ts';
import { fakeTerminal } from './fake-terminal.ts';

describe('the progress line', () => {
  it.each([
    [{ phase: 'Reading devices', done: 0 }, 80, 'Reading devices …'],
    [{ phase: 'Reading devices', done: 12_345, unit: 'devices' }, 80, 'Reading devices 12,345 devices'],
    [
      { phase: 'Adding', done: 50, total: 200, unit: 'members' },
      80,
      'Adding ██████░░░░░░░░░░░░░░░░░░ 50 of 200 members',
    ],
    [{ phase: 'Adding', done: 50, total: 200, unit: 'members' }, 30, 'Adding 50 of 200 members'],
  ])('of %o in %i columns is "%s"', (progress, width, line) => {
    expect(draw(progress, width)).toBe(line);
  });

  it('is silent where stderr is no terminal', () => {
    const terminal = fakeTerminal();
    const line = progressLine(terminal);
    line.show({ phase: 'Reading', done: 1, total: 2 });
    line.end();
    expect(terminal.written().stderr).toBe('');
  });
});

import type { Tenant } from '../../../api/index.ts';
import type { Context } from '../../session.ts';

type Warning = Tenant['warnings'][number];

/**
 * Tells on stderr what is wrong with tenants or will be: two lines each, what and what to do. With -o json and csv the
 * output itself has it.
 * @param which only some of the warnings
 */
export function warnOfTenants(
  { print, terminal }: Pick<Context, 'print' | 'terminal'>,
  tenants: readonly Tenant[],
  which: (warning: Warning) => boolean = () => true,
): void {
  if (print.format !== 'table') return;
  for (const { name, warnings } of tenants) {
    for (const { message, hint } of warnings.filter(which)) {
      terminal.stderr.write(`${name}: ${message}\n${hint}\n`);
    }
  }
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Mapping } from '../../../api/index.ts';
import { usage } from '../../failure.ts';
import { leaf } from '../../help.ts';
import { onOff } from '../../options.ts';
import type { Context, Session } from '../../session.ts';
import { mappingListing } from './mapping-view.ts';
import { mappingsOf } from './mappings-of.ts';

/** A limit of the mapping's own, or the tenant's. */
type Limit = number | 'default';

interface SetOptions {
  group?: string;
  maxRemovals?: Limit;
  maxRemovalPercent?: Limit;
  paused?: boolean;
}

/** `rollcall cloud-sync set`: what holds for one mapping. */
export function setCommand(sync: Command, session: Session): void {
  leaf(sync, 'set <collection>', 'Limit or pause the synchronization of a mapping.', [
    'cloud-sync set Pilot --max-removals 50 --max-removal-percent 10',
    'cloud-sync set Pilot --max-removals default',
    'cloud-sync set Pilot --group "Pilot devices" --paused on',
  ])
    .option('--group <name|id>', 'where the collection feeds several and one is meant')
    .addOption(limit('--max-removals <n|default>', 'hold a run that would remove more members', 1_000_000))
    .addOption(limit('--max-removal-percent <n|default>', 'hold a run that would remove a larger share', 100))
    .addOption(onOff('--paused', 'leave the group as it is for now; nothing is lost'))
    .action(
      session.action(async ({ client, print }: Context, collection: string, options: SetOptions) => {
        const { group, ...changes } = options;
        if (Object.keys(changes).length === 0) {
          throw usage(
            'Nothing is said about what to set.',
            'Give --max-removals, --max-removal-percent or --paused.',
          );
        }
        const body = {
          paused: changes.paused,
          maxRemovals: limitOf(changes.maxRemovals),
          maxRemovalPercent: limitOf(changes.maxRemovalPercent),
        };
        const changed: Mapping[] = [];
        for (const { id } of await mappingsOf(client, collection, group)) {
          changed.push(await client.call('updateMapping', { params: { id }, body }));
        }
        await print.list(changed, mappingListing(print));
      }),
    );
}

function limitOf(given: Limit | undefined): number | null | undefined {
  return given === 'default' ? null : given;
}

function limit(flags: string, description: string, most: number): Option {
  return new Option(flags, `${description} (default: as the tenant has it)`).argParser(text => {
    if (text === 'default') return text;
    if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number from 0 to ${most}, or default.`);
  });
}

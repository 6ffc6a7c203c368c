import { ToolbarButton, ToolbarDivider } from '@fluentui/react-components';
import { ArrowDownloadRegular, ArrowSyncRegular, PlayRegular } from '@fluentui/react-icons';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Command } from '../parts/command.tsx';
import { useLack } from '../parts/role.ts';
import type { useSynchronize } from './data.ts';

/** What can be done about the chosen mapping, and with the list. */
export function Ribbon({
  chosen,
  synchronize,
  csv,
}: {
  chosen: Mapping | null;
  synchronize: ReturnType<typeof useSynchronize>;
  /** Where the list is to be had as a file. */
  csv: string;
}) {
  const { isPending } = synchronize;
  const isFull = isPending && synchronize.variables.full;
  const run = (full: boolean) => chosen && synchronize.mutate({ mapping: chosen, full });
  const mayRun = useLack('synchronize');
  const lack = mayRun ?? (chosen ? undefined : 'Select a mapping first.');
  const busy = isPending ? 'A run that was started here is under way.' : undefined;
  return (
    <>
      <Command
        label="Synchronize Membership"
        icon={<ArrowSyncRegular />}
        lack={lack ?? (isFull ? undefined : busy)}
        pending={isFull}
        onClick={() => run(true)}
      />
      <Command
        label="Run now"
        icon={<PlayRegular />}
        lack={lack ?? (isFull ? busy : undefined)}
        pending={isPending && !isFull}
        onClick={() => run(false)}
      />
      <ToolbarDivider />
      <ToolbarButton as="a" href={csv} download icon={<ArrowDownloadRegular />}>
        Export CSV
      </ToolbarButton>
    </>
  );
}

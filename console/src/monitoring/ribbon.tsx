import { Spinner, ToolbarButton, ToolbarDivider } from '@fluentui/react-components';
import { ArrowDownloadRegular, ArrowSyncRegular, PlayRegular } from '@fluentui/react-icons';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { useMay } from '../api/session.ts';
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
  const isFull = synchronize.isPending && synchronize.variables.full;
  const run = (full: boolean) => chosen && synchronize.mutate({ mapping: chosen, full });
  const mayRun = useMay('operator');
  const isIdle = chosen !== null && !synchronize.isPending && mayRun;
  return (
    <>
      <ToolbarButton
        icon={isFull ? <Spinner size="extra-tiny" /> : <ArrowSyncRegular />}
        disabled={!isIdle}
        onClick={() => run(true)}
      >
        Synchronize Membership
      </ToolbarButton>
      <ToolbarButton
        icon={synchronize.isPending && !isFull ? <Spinner size="extra-tiny" /> : <PlayRegular />}
        disabled={!isIdle}
        onClick={() => run(false)}
      >
        Run now
      </ToolbarButton>
      <ToolbarDivider />
      <ToolbarButton as="a" href={csv} download icon={<ArrowDownloadRegular />}>
        Export CSV
      </ToolbarButton>
    </>
  );
}

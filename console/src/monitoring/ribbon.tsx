import { Spinner, ToolbarButton, ToolbarDivider } from '@fluentui/react-components';
import { ArrowSyncRegular, PlayRegular } from '@fluentui/react-icons';
import type { Mapping } from '../../../src/api/contract/index.ts';
import type { useSynchronize } from './data.ts';

/** What can be done about the chosen mapping, and with the list. */
export function Ribbon({
  chosen,
  synchronize,
}: {
  chosen: Mapping | null;
  synchronize: ReturnType<typeof useSynchronize>;
}) {
  const isFull = synchronize.isPending && synchronize.variables.full;
  const run = (full: boolean) => chosen && synchronize.mutate({ mapping: chosen, full });
  const isIdle = chosen !== null && !synchronize.isPending;
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
    </>
  );
}

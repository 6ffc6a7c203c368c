import { Text } from '@fluentui/react-components';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import type { RowSource } from '../parts/rows.ts';
import { type Change, Changes, changesHeight } from './changes.tsx';
import { type HeldPlan, useApprove } from './held-data.ts';

/** Asks once more, with the figures and the names, before held removals are made. */
export function Approve({
  mapping,
  plan,
  changes,
  onClose,
}: {
  mapping: Mapping;
  plan: HeldPlan;
  changes: RowSource<Change>;
  onClose: () => void;
}) {
  const approve = useApprove(plan.id);
  const removals = `${plan.removals.toLocaleString()} ${plan.removals === 1 ? 'member' : 'members'}`;
  return (
    <FormDialog
      alert
      width={920}
      title={`Remove ${removals} from ${mapping.groupName}?`}
      submit={approve.isPending ? 'Removing …' : 'Approve'}
      onSubmit={() => approve.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
      pending={approve.isPending}
      error={approve.error}
    >
      <Text>
        Whoever is removed loses at once what the group gives: sign-in, licences, policies. This very plan is
        approved; should anything have changed since, it is planned anew and held again.
      </Text>
      <div style={changesHeight}>
        <Changes label="Changes to approve" source={changes} empty="The plan changes nothing." />
      </div>
    </FormDialog>
  );
}

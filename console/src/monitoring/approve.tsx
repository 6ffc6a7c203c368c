import { Text } from '@fluentui/react-components';
import type { Mapping } from '../../../src/api/contract/index.ts';
import { Confirm } from '../parts/confirm.tsx';
import { type HeldPlan, useApprove } from './held-data.ts';

/** Asks once more, with the figures, before held removals are made. */
export function Approve({
  mapping,
  plan,
  onClose,
}: {
  mapping: Mapping;
  plan: HeldPlan;
  onClose: () => void;
}) {
  const approve = useApprove(plan.id);
  const removals = `${plan.removals.toLocaleString()} ${plan.removals === 1 ? 'member' : 'members'}`;
  return (
    <Confirm
      title={`Remove ${removals} from ${mapping.groupName}?`}
      action={approve.isPending ? 'Removing …' : 'Approve'}
      isPending={approve.isPending}
      error={approve.error}
      onConfirm={() => approve.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>
        Whoever is removed loses at once what the group gives: sign-in, licences, policies. This very plan is
        approved; should anything have changed since, it is planned anew and held again.
      </Text>
    </Confirm>
  );
}

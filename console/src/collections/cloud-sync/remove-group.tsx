import { Radio, RadioGroup, Text } from '@fluentui/react-components';
import { useState } from 'react';
import type { Mapping } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useRemoveMapping } from './data.ts';

/** Asks what becomes of a group's members when its collection no longer feeds it. */
export function RemoveGroup({ mapping, onClose }: { mapping: Mapping; onClose: () => void }) {
  const { collectionName, groupName, syncCompleted } = mapping;
  const remove = useRemoveMapping(mapping);
  const [members, setMembers] = useState<'keep' | 'remove'>('keep');
  const remaining = remove.data?.remainingMembers ?? 0;
  if (remaining > 0) {
    return (
      <FormDialog title={`${groupName} is no longer synchronized`} close="Close" onClose={onClose}>
        <Text>
          {remaining === 1 ? 'One member' : `${remaining.toLocaleString()} members`} could not be taken out
          yet. The schedule tries again, ever more rarely.
        </Text>
      </FormDialog>
    );
  }
  return (
    <FormDialog
      alert
      title={`Stop synchronizing to ${groupName}?`}
      submit="Remove"
      onSubmit={() =>
        remove.mutate(
          { removeMembers: members === 'remove' },
          { onSuccess: ({ remainingMembers }) => remainingMembers === 0 && onClose() },
        )
      }
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    >
      <Text>
        {collectionName} no longer feeds the group. {syncCompleted.toLocaleString()} of its members are in it
        now.
      </Text>
      <RadioGroup
        aria-label="What becomes of the members"
        value={members}
        onChange={(_, data) => setMembers(data.value as typeof members)}
      >
        <Radio value="keep" label="Leave the members in the group" />
        <Radio
          value="remove"
          label="Take out the members that Rollcall put there, except those that another collection wants"
        />
      </RadioGroup>
    </FormDialog>
  );
}

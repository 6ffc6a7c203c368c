import { Text } from '@fluentui/react-components';
import type { ResourceSummary } from '../../../../src/api/contract/index.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useDeleteResource } from './data.ts';

/** Asks before a device or user is deleted from the inventory, and says what follows from it. */
export function DeleteResource({
  resource,
  onClose,
  onDone,
}: {
  resource: ResourceSummary;
  onClose: () => void;
  onDone: () => void;
}) {
  const remove = useDeleteResource();
  return (
    <FormDialog
      alert
      title={`Delete ${resource.name}?`}
      submit="Delete"
      onSubmit={() => remove.mutate(resource.id, { onSuccess: onDone })}
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    >
      <Text>
        It leaves the inventory, its direct rules, all collections at their next evaluation, and the groups
        that they feed. Its object in Entra stays. The next import that names it brings it back.
      </Text>
    </FormDialog>
  );
}

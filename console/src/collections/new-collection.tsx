import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Select,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { CollectionSummary, ResourceType } from '../../../src/api/contract/index.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { addressOf, usePlace } from '../shell/place.ts';
import { useCollectionActions } from './data.ts';

/** The dialog that makes a collection: a name, what limits it, a comment. Rules are added afterwards. */
export function NewCollection({
  type,
  collections,
  onClose,
}: {
  type: ResourceType;
  collections: readonly CollectionSummary[];
  onClose: () => void;
}) {
  const { path } = usePlace();
  const { create } = useCollectionActions();
  const [name, setName] = useState('');
  const [limitTo, setLimitTo] = useState(type === 'device' ? 'SMS00001' : 'SMS00002');
  const [comment, setComment] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), type, limitTo, comment: comment.trim() || null },
      {
        onSuccess: collection => {
          onClose();
          window.location.replace(addressOf(path, { collection: collection.id }));
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>Create {type} collection</DialogTitle>
            <DialogContent style={{ display: 'grid', gap: 12 }}>
              {create.error && <ProblemBar error={create.error} />}
              <Field label="Name" required>
                <Input value={name} onChange={(_, data) => setName(data.value)} />
              </Field>
              <Field label="Limiting collection" hint="Only its members can become members of the new one.">
                <Select value={limitTo} onChange={(_, data) => setLimitTo(data.value)}>
                  {collections.map(each => (
                    <option key={each.id} value={each.id}>
                      {each.name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label="Comment">
                <Input value={comment} onChange={(_, data) => setComment(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" appearance="primary" disabled={name.trim() === '' || create.isPending}>
                Create
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

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
  Radio,
  RadioGroup,
  Select,
  Textarea,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Collection, NewRule, ResourceType } from '../../../src/api/contract/index.ts';
import { ProblemBar } from '../parts/problem-bar.tsx';
import { useCollectionActions, useCollections } from './data.ts';
import { QueryEditor } from './query-editor.tsx';

type Kind = NewRule['kind'];

/** The dialog that adds a rule to a collection: a query, resources by name, or another collection. */
export function AddRule({
  collection,
  type,
  onClose,
}: {
  collection: Collection;
  type: ResourceType;
  onClose: () => void;
}) {
  const { addRule } = useCollectionActions();
  const others = useCollections(type, '').data?.pages.flatMap(page => page.items) ?? [];
  const [kind, setKind] = useState<Kind>('query');
  const [name, setName] = useState('');
  const [names, setNames] = useState('');
  const [other, setOther] = useState('');
  const from = type === 'device' ? 'SMS_R_System' : 'SMS_R_User';
  const [query, setQuery] = useState(
    `select ${from}.ResourceID, ${from}.Name from ${from} where ${from}.Name like "%"`,
  );
  const rule = ruleOf({ kind, name, names, other, query });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rule) addRule.mutate({ id: collection.id, rule }, { onSuccess: onClose });
  };
  return (
    <Dialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface style={{ maxWidth: 'min(860px, 95vw)' }}>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>Add a rule to {collection.name}</DialogTitle>
            <DialogContent style={{ display: 'grid', gap: 12 }}>
              {addRule.error && <ProblemBar error={addRule.error} />}
              <RadioGroup
                layout="horizontal"
                aria-label="Kind of rule"
                value={kind}
                onChange={(_, data) => setKind(data.value as Kind)}
              >
                <Radio value="query" label="Query" />
                <Radio value="direct" label={type === 'device' ? 'Devices' : 'Users'} />
                <Radio value="include" label="Include collection" />
                <Radio value="exclude" label="Exclude collection" />
              </RadioGroup>
              {kind === 'query' && (
                <>
                  <Field label="Rule name">
                    <Input value={name} onChange={(_, data) => setName(data.value)} />
                  </Field>
                  <QueryEditor type={type} query={query} onChange={setQuery} />
                </>
              )}
              {kind === 'direct' && (
                <Field label="Names" hint="One a line.">
                  <Textarea rows={8} value={names} onChange={(_, data) => setNames(data.value)} />
                </Field>
              )}
              {(kind === 'include' || kind === 'exclude') && (
                <Field label="Collection">
                  <Select value={other} onChange={(_, data) => setOther(data.value)}>
                    <option value="">Choose a collection</option>
                    {others
                      .filter(each => each.id !== collection.id)
                      .map(each => (
                        <option key={each.id} value={each.id}>
                          {each.name}
                        </option>
                      ))}
                  </Select>
                </Field>
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" appearance="primary" disabled={!rule || addRule.isPending}>
                Add
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** The rule that the form describes, or null while something is missing. */
function ruleOf(form: {
  kind: Kind;
  name: string;
  names: string;
  other: string;
  query: string;
}): NewRule | null {
  const named = form.name.trim() === '' ? {} : { name: form.name.trim() };
  switch (form.kind) {
    case 'query':
      return form.query.trim() === '' ? null : { kind: 'query', wql: form.query, ...named };
    case 'direct': {
      const resources = form.names
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '');
      return resources.length === 0 ? null : { kind: 'direct', resources };
    }
    default:
      return form.other === '' ? null : { kind: form.kind, collection: form.other };
  }
}

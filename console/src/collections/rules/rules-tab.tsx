import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Collection, ResourceType, Rule } from '../../../../src/api/contract/index.ts';
import { Action } from '../../parts/action.tsx';
import type { Column } from '../../parts/columns.ts';
import type { Tagged } from '../../parts/edited.ts';
import { Grid } from '../../parts/grid.tsx';
import { EmptyState } from '../../parts/page.tsx';
import { useLack } from '../../parts/role.ts';
import { SaveProblem } from '../../parts/save-problem.tsx';
import { useRemoveRule } from './data.ts';
import { RuleDialog } from './rule-dialog.tsx';

const kinds = { direct: 'Direct', query: 'Query', include: 'Include', exclude: 'Exclude' };

const columns: readonly Column<Rule>[] = [
  { id: 'name', title: 'Rule Name', value: row => row.name, width: 220 },
  { id: 'kind', title: 'Type', value: row => kinds[row.kind], width: 90 },
  {
    id: 'detail',
    title: 'Criteria',
    value: row =>
      row.query?.replaceAll(/\s+/g, ' ') ??
      row.collectionName ??
      (row.resourceId ? `Resource ${row.resourceId}` : ''),
    width: 400,
    grow: true,
  },
];

const useStyles = makeStyles({
  bar: { display: 'flex', gap: tokens.spacingHorizontalS, flexShrink: 0 },
});

type Asked = { kind: Rule['kind']; rule: Rule | null } | null;

/** The Membership Rules tab of a collection. */
export function RulesTab({
  collection: present,
  type,
}: {
  collection: Tagged<Collection>;
  type: ResourceType;
}) {
  const styles = useStyles();
  const [chosenId, setChosen] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const collection = present.answer;
  const remove = useRemoveRule(present);
  const mayChange = useLack('addRule');
  const chosen = collection.rules.find(rule => rule.id === chosenId) ?? null;
  const fixed = collection.builtIn ? 'The rules of a built-in collection can not be changed.' : mayChange;
  const none = chosen ? undefined : 'Select a rule first.';
  const editable = chosen?.kind === 'query' ? undefined : 'Only query rules can be edited.';
  const edit = (rule: Rule | null) => {
    if (!fixed && rule?.kind === 'query') setAsked({ kind: 'query', rule });
  };
  return (
    <>
      <Text>
        Members are what any query, direct or include rule lets in, within{' '}
        {collection.limitingCollectionName ?? 'everything'}, except what an exclude rule keeps out. Changes
        apply at once; Update Membership works them out.
      </Text>
      <div className={styles.bar}>
        {fixed ? (
          <Action icon={<AddRegular />} lack={fixed}>
            Add rule
          </Action>
        ) : (
          <AddMenu type={type} onChoose={kind => setAsked({ kind, rule: null })} />
        )}
        <Action icon={<EditRegular />} lack={fixed ?? none ?? editable} onClick={() => edit(chosen)}>
          Edit
        </Action>
        <Action
          icon={<DeleteRegular />}
          lack={fixed ?? none}
          pending={remove.isPending}
          onClick={() => chosen && remove.mutate(chosen.id)}
        >
          Remove
        </Action>
      </div>
      {/* What holds now has been read again by then. */}
      {remove.error && <SaveProblem error={remove.error} onLoadAnew={remove.reset} keeps />}
      <Grid
        onOpen={edit}
        label={`Rules of ${collection.type} collections`}
        columns={columns}
        rows={collection.rules}
        keyOf={row => String(row.id)}
        selected={chosenId === null ? null : String(chosenId)}
        onSelect={row => setChosen(row.id)}
        empty={
          <EmptyState
            title={collection.builtIn ? 'A built-in collection holds everything.' : 'It has no rules yet.'}
          >
            {collection.builtIn ? null : 'Without a rule it has no members. Add one first.'}
          </EmptyState>
        }
      />
      {asked && (
        <RuleDialog
          collection={present}
          type={type}
          kind={asked.kind}
          rule={asked.rule}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function AddMenu({ type, onChoose }: { type: ResourceType; onChoose: (kind: Rule['kind']) => void }) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton icon={<AddRegular />}>Add rule</MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => onChoose('direct')}>
            {type === 'device' ? 'Direct rule: pick devices' : 'Direct rule: pick users'}
          </MenuItem>
          <MenuItem onClick={() => onChoose('query')}>Query rule</MenuItem>
          <MenuItem onClick={() => onChoose('include')}>Include collections</MenuItem>
          <MenuItem onClick={() => onChoose('exclude')}>Exclude collections</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
